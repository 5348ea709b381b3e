package io.unroll.driver.run;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Abortable;
import org.apache.hadoop.fs.AbstractFileSystem;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.util.Progressable;

/**
 * A local disk under the scheme {@code faulty:} that runs full, cannot append, behaves as an object
 * store, or whose process is killed at a chosen operation: half of what is being written then
 * stays, and nothing works any more. Faults are common to all instances; {@link #heal} removes
 * them.
 */
public final class FaultyFileSystem extends RawLocalFileSystem {
  /** The process is gone; an Error, so that no clean-up of the code under test runs. */
  public static final class Killed extends Error {
    Killed() {
      super("killed");
    }
  }

  private static long spaceLeft = Long.MAX_VALUE;
  private static boolean appends = true;
  private static boolean store;
  private static boolean corrupts;
  private static int operationsLeft = Integer.MAX_VALUE;
  private static int operations;

  public static Configuration configuration() {
    Configuration configuration = new Configuration(false);
    configuration.setClass("fs.faulty.impl", FaultyFileSystem.class, RawLocalFileSystem.class);
    configuration.setClass(
        "fs.AbstractFileSystem.faulty.impl", Renaming.class, AbstractFileSystem.class);
    return configuration;
  }

  public static String uri(java.nio.file.Path directory) {
    return "faulty:" + directory.toAbsolutePath();
  }

  public static void heal() {
    spaceLeft = Long.MAX_VALUE;
    appends = true;
    store = false;
    corrupts = false;
    operationsLeft = Integer.MAX_VALUE;
    operations = 0;
  }

  /** Further bytes are refused. */
  public static void leaveSpace(long bytes) {
    spaceLeft = bytes;
  }

  public static void refuseAppends() {
    appends = false;
  }

  /** As an object store: nothing is appended, and what is written is there when it is closed. */
  public static void behaveAsObjectStore() {
    appends = false;
    store = true;
  }

  /** Every safetensors file loses a bit on its way to the disk. */
  static void corruptTensors() {
    corrupts = true;
  }

  /** Kills the process at its n-th change of the disk, counted from 0. */
  public static void killAt(int operation) {
    operationsLeft = operation;
  }

  /** Changes of the disk since the last {@link #heal}. */
  public static int operations() {
    return operations;
  }

  /** Whether the operation that is about to be done is the one to be killed in. */
  private static boolean dying() {
    if (operationsLeft < 0) {
      throw new Killed();
    }
    operations++;
    return operationsLeft-- == 0;
  }

  private static void dieHere() {
    if (dying()) {
      throw new Killed();
    }
  }

  @Override
  public URI getUri() {
    return URI.create("faulty:///");
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    if (!overwrite && exists(file)) {
      throw new org.apache.hadoop.fs.FileAlreadyExistsException("File already exists: " + file);
    }
    mkdirs(file.getParent());
    dieHere();
    return stream(file, false);
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      org.apache.hadoop.fs.permission.FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return create(file, overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public FSDataOutputStream append(Path file, int bufferSize, Progressable progress)
      throws IOException {
    if (!appends) {
      throw new UnsupportedOperationException("Not implemented by FaultyFileSystem");
    }
    return stream(file, true);
  }

  @Override
  public boolean hasPathCapability(Path path, String capability) throws IOException {
    return appends && super.hasPathCapability(path, capability);
  }

  /** Without Hadoop's own way to set permissions, which starts a process each time. */
  @Override
  public boolean mkdirs(Path directory) throws IOException {
    return pathToFile(directory).mkdirs() || getFileStatus(directory).isDirectory();
  }

  private FSDataOutputStream stream(Path file, boolean append) throws IOException {
    boolean corrupt = corrupts && file.getName().endsWith(".safetensors");
    if (store) {
      return new FSDataOutputStream(
          new FaultyStream(new Upload(pathToFile(file).toPath()), corrupt), null);
    }
    OutputStream disk = new FileOutputStream(pathToFile(file), append);
    return new FSDataOutputStream(new FaultyStream(disk, corrupt), null);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    if (!exists(path)) {
      return false;
    }
    if (getFileStatus(path).isDirectory()) {
      for (FileStatus child : listStatus(path)) {
        delete(child.getPath(), true);
      }
    }
    dieHere();
    return super.delete(path, true);
  }

  /** Hadoop's other client, which renames to files that are there. */
  public static final class Renaming extends DelegateToFileSystem {
    public Renaming(URI uri, Configuration configuration) throws IOException, URISyntaxException {
      super(uri, new FaultyFileSystem(), configuration, "faulty", false);
    }

    @Override
    public void renameInternal(Path from, Path to, boolean overwrite) throws IOException {
      dieHere();
      Files.move(
          java.nio.file.Path.of(from.toUri().getPath()),
          java.nio.file.Path.of(to.toUri().getPath()),
          StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** A file that is there when it is closed, but not if the process is killed in that moment. */
  private static final class Upload extends ByteArrayOutputStream {
    private final java.nio.file.Path file;

    Upload(java.nio.file.Path file) {
      this.file = file;
    }

    @Override
    public void close() throws IOException {
      dieHere();
      Files.write(file, toByteArray());
    }
  }

  private static final class FaultyStream extends OutputStream
      implements Abortable, StreamCapabilities {
    private final OutputStream disk;
    private boolean corrupt;
    private boolean aborted;

    FaultyStream(OutputStream disk, boolean corrupt) {
      this.disk = disk;
      this.corrupt = corrupt;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      if (dying()) {
        disk.write(bytes, from, count / 2);
        throw new Killed();
      }
      int fitting = (int) Math.min(count, spaceLeft);
      byte[] copy = java.util.Arrays.copyOfRange(bytes, from, from + fitting);
      if (corrupt && fitting > 0) {
        copy[fitting - 1] ^= 1;
        corrupt = false;
      }
      disk.write(copy);
      spaceLeft -= fitting;
      if (fitting < count) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public void close() throws IOException {
      if (!aborted) {
        disk.close();
      }
    }

    @Override
    public boolean hasCapability(String capability) {
      return store && capability.equals(StreamCapabilities.ABORTABLE_STREAM);
    }

    @Override
    public AbortableResult abort() {
      aborted = true;
      return null;
    }
  }
}
