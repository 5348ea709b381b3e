package io.unroll.driver.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that mean harm, or break off, leave the server as it was. */
class HostileClientTest {
  private static final String HEAD =
      "POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

  @TempDir private Path folder;

  private static Socket connect(Served server, String head) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(60_000);
    socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  /** The first line of the answer. */
  private static String status(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    InputStream in = socket.getInputStream();
    for (int c = in.read(); c >= 0 && c != '\r'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  private static void assertAlive(Served server) throws Exception {
    assertEquals(200, server.get("/health").statusCode());
    assertEquals(
        3,
        server
            .answer("/v1/completions", "{\"prompt\":\"a\",\"max_tokens\":3,\"seed\":1}")
            .at("/usage/completion_tokens")
            .asInt());
  }

  @Test
  void aBodyOfAHundredMegabytesIsRefusedUnread() throws Exception {
    try (Served server = new Served(ServedModels.language(folder))) {
      try (Socket socket = connect(server, HEAD + "Content-Length: 104857600\r\n\r\n")) {
        assertEquals("HTTP/1.1 413 Request Entity Too Large", status(socket));
      }
      try (Socket socket = connect(server, HEAD + "Transfer-Encoding: chunked\r\n\r\n")) {
        OutputStream out = socket.getOutputStream();
        byte[] chunk = ("3e8\r\n" + " ".repeat(1000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        for (int x = 0; x < 11; x++) { // more than the limit, and no end
          out.write(chunk);
        }
        assertEquals("HTTP/1.1 413 Request Entity Too Large", status(socket));
      }
      assertAlive(server);
    }
  }

  @Test
  void aThousandConnectionsThatSayLittleLeaveRoom() throws Exception {
    try (Served server = new Served(ServedModels.language(folder))) {
      List<Socket> sockets = new ArrayList<>();
      try {
        for (int x = 0; x < 500; x++) {
          sockets.add(connect(server, ""));
          sockets.add(connect(server, "GET /hea"));
        }
        assertAlive(server);
      } finally {
        for (Socket socket : sockets) {
          socket.close();
        }
      }
      assertAlive(server);
    }
  }

  @Test
  void oneWhoGoesAwayWhileTheModelWritesEndsIt() throws Exception {
    try (Served server = new Served(ServedModels.language(folder))) {
      String body = "{\"prompt\":\"a\",\"max_tokens\":500,\"stream\":true}";
      for (int x = 0; x < 20; x++) { // more than there are answers at a time
        String length = "Content-Length: " + body.length() + "\r\n\r\n";
        try (Socket socket = connect(server, HEAD + length + body)) {
          assertEquals("HTTP/1.1 200 OK", status(socket));
        }
      }
      assertAlive(server);
    }
  }

  @Test
  void noiseIsRefused() throws Exception {
    try (Served server = new Served(ServedModels.language(folder))) {
      for (String noise :
          List.of(
              "\r\n\r\n\r\n",
              "GET\r\n\r\n",
              "GET / HTTP/9.9\r\n\r\n",
              "\u0000\u0001\u00ff\r\n\r\n",
              "GET http://[ HTTP/1.1\r\n\r\n",
              HEAD + "Content-Length: -5\r\n\r\n",
              HEAD + "Content-Length: many\r\n\r\n",
              HEAD + "X: y\r\n".repeat(1000) + "\r\n")) {
        try (Socket socket = connect(server, noise)) {
          socket.shutdownOutput();
          String status = status(socket);
          assertTrue(status.isEmpty() || status.contains(" 4") || status.contains(" 5"), status);
        } catch (IOException closed) {
          // That is an answer too.
        }
      }
      assertAlive(server);
    }
  }

  @Test
  void anotherNameThanThisMachinesIsRefused() throws Exception {
    try (Served server = new Served(ServedModels.language(folder))) {
      for (String host : List.of("evil.example", "evil.example:80", "127.0.0.1.evil.example", "")) {
        String request = "GET /v1/models HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
        try (Socket socket = connect(server, request)) {
          assertEquals("HTTP/1.1 403 Forbidden", status(socket), host);
        }
      }
      for (String host : List.of("localhost", "LOCALHOST:1", "127.0.0.1:8080", "[::1]:8080")) {
        String request = "GET /v1/models HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
        try (Socket socket = connect(server, request)) {
          assertEquals("HTTP/1.1 200 OK", status(socket), host);
        }
      }
    }
  }

  @Test
  void manyAtOnceWaitForTheirTurn() throws Exception {
    try (Served server = new Served(ServedModels.language(folder))) {
      ExecutorService clients = Executors.newFixedThreadPool(16);
      try {
        List<Future<Integer>> answers = new ArrayList<>();
        String asked = "{\"prompt\":\"a\",\"max_tokens\":100,\"seed\":1}";
        for (int x = 0; x < 64; x++) {
          answers.add(clients.submit(() -> server.post("/v1/completions", asked).statusCode()));
        }
        for (Future<Integer> answer : answers) {
          assertEquals(200, answer.get());
        }
      } finally {
        clients.shutdownNow();
      }
    }
  }
}
