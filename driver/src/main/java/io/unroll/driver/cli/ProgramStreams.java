package io.unroll.driver.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Standard output and standard error of the process, in UTF-8 whatever the locale: models write
 * what they have read. A result that does not arrive is a failure, although a {@link PrintWriter}
 * says nothing of it.
 */
final class ProgramStreams {
  private final Attentive output;
  private final PrintWriter out;
  private final LastLines errors;
  private final PrintWriter err;

  private final boolean outputIsPipe;

  /**
   * @param outputIsPipe whether a failure of standard output can only mean that its reader has gone
   */
  ProgramStreams(OutputStream output, OutputStream error, boolean outputIsPipe) {
    this.output = new Attentive(output);
    this.outputIsPipe = outputIsPipe;
    this.out = writer(this.output);
    this.errors = new LastLines(error);
    this.err = writer(errors);
  }

  /** Those of this process. */
  static ProgramStreams ofProcess() {
    return new ProgramStreams(
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        outputIsPipe());
  }

  /** Results; {@link PrintWriter#checkError} tells whether there is any use in going on. */
  PrintWriter out() {
    return out;
  }

  /** Everything else. */
  PrintWriter err() {
    return err;
  }

  /** The last lines of everything else. */
  String lastErrors() {
    return errors.text();
  }

  /**
   * Writes what is not written yet.
   *
   * @param code of the command
   * @return that code, unless it says "done" and the results have not arrived
   */
  int finish(int code) {
    out.flush();
    int finished = output.failure().filter(failure -> code == 0).map(this::tell).orElse(code);
    err.flush();
    return finished;
  }

  private int tell(IOException failure) {
    if (readerGone(failure)) {
      return ExitCode.READER_GONE.code();
    }
    err.println("Cannot write standard output: " + failure.getMessage());
    return ExitCode.FAILURE.code();
  }

  /** The system's words may be in the user's language. */
  private boolean readerGone(IOException failure) {
    return outputIsPipe || String.valueOf(failure.getMessage()).contains("Broken pipe");
  }

  /** On Linux, where the system tells what a descriptor is. */
  private static boolean outputIsPipe() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString().startsWith("pipe:");
    } catch (IOException | UnsupportedOperationException noSuchLink) {
      return false;
    }
  }

  private static PrintWriter writer(OutputStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  /** Remembers the first failure, which writers above it swallow. */
  private static final class Attentive extends FilterOutputStream {
    private IOException failure;

    private Attentive(OutputStream stream) {
      super(stream);
    }

    private synchronized Optional<IOException> failure() {
      return Optional.ofNullable(failure);
    }

    @Override
    public synchronized void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
      try {
        out.write(bytes, from, length);
      } catch (IOException e) {
        failure = failure == null ? e : failure;
        throw e;
      }
    }

    @Override
    public synchronized void flush() throws IOException {
      try {
        out.flush();
      } catch (IOException e) {
        failure = failure == null ? e : failure;
        throw e;
      }
    }
  }
}
