package io.unroll.driver.serve;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A client that asks, and then does not read. */
class StalledWritesTest {
  @Test
  void endTheAnswer() throws Exception {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(free, 0);
    CompletableFuture<Void> answered = new CompletableFuture<>();
    ExecutorService threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    try (StalledWrites stalled = new StalledWrites(300);
        Socket client = new Socket()) {
      server.createContext(
          "/",
          exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] piece = new byte[65_536];
            try (OutputStream out = stalled.watched(exchange)) {
              for (int x = 0; x < 10_000; x++) {
                out.write(piece);
                out.flush();
              }
              answered.complete(null);
            } catch (IOException e) {
              answered.completeExceptionally(e);
            }
          });
      server.start();
      client.setReceiveBufferSize(4096);
      client.connect(server.getAddress());
      client
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      ExecutionException end =
          assertThrows(ExecutionException.class, () -> answered.get(60, TimeUnit.SECONDS));
      assertTrue(end.getCause() instanceof IOException, end.toString());
    } finally {
      server.stop(0);
      threads.shutdownNow();
    }
  }
}
