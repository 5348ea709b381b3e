package io.unroll.driver.storage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** The server of a file system: a process on loopback that can be stopped and frozen. */
abstract class StoreServer implements AutoCloseable {
  static final String READY = "ready";

  protected final int port = freePort();
  private Process process;
  private BufferedReader answers;
  private PrintWriter commands;

  /** A process that says ready, and again to each line "stop" and "start". */
  protected abstract ProcessBuilder command() throws IOException;

  /** Of a path on the server. */
  abstract String uri(String path);

  /** What a client needs to know. */
  abstract Map<String, String> settings();

  final Configuration hadoop() {
    Configuration hadoop = new Configuration();
    settings().forEach(hadoop::set);
    return hadoop;
  }

  /** Returns when the server answers. */
  final void launch() throws IOException {
    process = command().start();
    answers = process.inputReader(StandardCharsets.UTF_8);
    commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    awaitReady(answers);
  }

  /** Connections are refused, of HDFS those to its DataNode. */
  final void stop() throws IOException {
    commands.println("stop");
    awaitReady(answers);
  }

  /** Serves again, with the same files. */
  final void start() throws IOException {
    commands.println("start");
    awaitReady(answers);
  }

  /** Connections are still taken, and nothing is ever answered. */
  final void freeze() {
    Processes.signal(process, "STOP");
  }

  final void thaw() {
    Processes.signal(process, "CONT");
  }

  @Override
  public final void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /** Waits until a process that serves says so. */
  static void awaitReady(BufferedReader answers) throws IOException {
    String line;
    do {
      line = answers.readLine();
      if (line == null) {
        throw new IOException("The server ended");
      }
    } while (!line.equals(READY));
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
