package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.unroll.driver.process.CommandProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command serve, in a process of its own. */
class ServeIT {
  @TempDir private Path folder;

  private CommandProcess start(String... options) throws IOException {
    List<String> words = new ArrayList<>(CommandProcess.java("-Dunroll.kernels=plain", "-Xmx64m"));
    words.addAll(List.of(Unroll.class.getName(), "serve", "--port=0", "--json"));
    words.add("--model=" + SmallModel.write(folder, List.of("\n", "a", "b")));
    words.addAll(List.of(options));
    return CommandProcess.start(Files.createTempFile(folder, "serve", ".log"), Map.of(), words);
  }

  private static String url(CommandProcess process) throws Exception {
    process.until(() -> process.output().contains("\"url\""));
    Execution started = new Execution(0, lastLine(process.output()), "");
    return DocumentedResult.of("serve", started).get("url").textValue();
  }

  private static String lastLine(String output) {
    return output.substring(output.indexOf("{\"command\"")).lines().findFirst().orElseThrow()
        + "\n";
  }

  @Test
  void interruptedInMidStreamItEndsAtOnce() throws Exception {
    for (String signal : List.of("INT", "TERM")) {
      if (signal.equals("INT") && CommandProcess.ignored(2)) { // by whoever started the tests
        continue;
      }
      CommandProcess process = start();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url(process) + "v1/completions"))
              .header("Content-Type", "application/json")
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      "{\"prompt\":\"a\",\"max_tokens\":8192,\"stream\":true}"))
              .build();
      HttpResponse<InputStream> streamed =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = streamed.body()) {
        assertEquals("data: ", new String(in.readNBytes(6), StandardCharsets.UTF_8));
        CommandProcess.signal(signal, process.pid());
        String output = process.await(ExitCode.DONE.code());
        assertTrue(!output.contains("Exception"), output);
      }
    }
  }

  /** In 64 MB of heap. */
  @Test
  void manyGreedyClientsDoNotBloatIt() throws Exception {
    CommandProcess process = start("--answers=2");
    URI place = URI.create(url(process) + "v1/completions");
    HttpClient client = HttpClient.newHttpClient();
    List<HttpResponse<InputStream>> unread = new ArrayList<>();
    for (int x = 0; x < 40; x++) {
      String body =
          "{\"prompt\":\"%s\",\"max_tokens\":8000,\"logprobs\":0}".formatted("a".repeat(8000));
      HttpRequest request =
          HttpRequest.newBuilder(place)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      unread.add(client.send(request, HttpResponse.BodyHandlers.ofInputStream()));
    }
    for (HttpResponse<InputStream> answer : unread) {
      assertEquals(200, answer.statusCode());
      assertEquals(
          8000, new ObjectMapper().readTree(answer.body()).at("/usage/completion_tokens").asInt());
    }
    CommandProcess.signal("TERM", process.pid());
    process.await(ExitCode.DONE.code());
  }

  @Test
  void refusesAPortThatIsTaken() throws Exception {
    String model = SmallModel.write(folder, List.of("\n", "a"));
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      Execution refused = Execution.of("serve", "--model", model, "--port=" + port);
      assertEquals(ExitCode.USAGE.code(), refused.code());
      assertTrue(
          refused
              .err()
              .startsWith("Cannot listen to 127.0.0.1:" + port + ": Address already in use"),
          refused.err());
    }
    assertEquals(2, Execution.of("serve", "--model", model, "--port=70000").code());
    assertEquals(2, Execution.of("serve", "--model", model, "--seconds=0").code());
    assertEquals(2, Execution.of("serve", "--model", model, "--host=no.such.host.invalid").code());
  }
}
