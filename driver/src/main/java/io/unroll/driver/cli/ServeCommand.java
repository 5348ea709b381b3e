package io.unroll.driver.cli;

import io.unroll.driver.model.TrainedModel;
import io.unroll.driver.serve.ModelServer;
import io.unroll.driver.serve.ServeLimits;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Serves a model by HTTP; needs no Spark. */
@Command(
    name = "serve",
    description =
        "Answers questions to a model by HTTP, with a page to type into, until it is interrupted"
            + " (Ctrl-C). For trying a model out on this machine: there is no encryption and no"
            + " password.",
    sortOptions = false,
    footer = {
      "",
      "GET / (the page), /health, /metrics (Prometheus), /v1/models; POST /v1/completions (OpenAI's",
      "fields; \"stream\": true sends the text as it is written), /v1/score {\"text\": TEXT} and",
      "/v1/predict {\"input\": TEXT}. docs/serving.md has all fields."
    })
final class ServeCommand implements Callable<Integer> {
  private static final int LARGEST_PORT = 65_535;

  @Mixin private ModelOptions modelOptions;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      defaultValue = "127.0.0.1",
      description =
          "address to listen to; others than this machine's own are open to whoever reaches it"
              + " (default: ${DEFAULT-VALUE})")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "port to listen to; 0 takes a free one (default: ${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "what clients call the model (default: the last part of --model)")
  private String name;

  @Option(
      names = "--most-tokens",
      paramLabel = "N",
      defaultValue = "8192",
      description = "tokens of a text, read or written (default: ${DEFAULT-VALUE})")
  private int tokens;

  @Option(
      names = "--most-bytes",
      paramLabel = "N",
      defaultValue = "1048576",
      description = "bytes of a request (default: ${DEFAULT-VALUE})")
  private int bytes;

  @Option(
      names = "--answers",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "answers that are computed at a time, each on a core; others wait; 0 for the number of"
              + " cores (default: ${DEFAULT-VALUE})")
  private int answers;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "2048",
      description = "connections at a time; more are closed (default: ${DEFAULT-VALUE})")
  private int connections;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "300",
      description = "time that an answer may take; a text ends there (default: ${DEFAULT-VALUE})")
  private int seconds;

  @Mixin private QuietOption quiet;

  @Mixin private ResultOption result;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    quiet.apply();
    ServeLimits limits = limits();
    InetSocketAddress address = address();
    TrainedModel model = modelOptions.read(SparkSessions.hadoop());
    CountDownLatch interrupted = new CountDownLatch(1);
    List<Runnable> restorations =
        List.of(
            Signals.handle("INT", interrupted::countDown),
            Signals.handle("TERM", interrupted::countDown));
    try (ModelServer server = start(model, address, limits)) {
      tell(server);
      interrupted.await();
    } finally {
      restorations.forEach(Runnable::run);
    }
    return ExitCode.DONE.code();
  }

  private ServeLimits limits() {
    OptionValues.requireAtLeastOne(spec, "--most-tokens", tokens);
    OptionValues.requireAtLeastOne(spec, "--most-bytes", bytes);
    OptionValues.requireAtLeastOne(spec, "--connections", connections);
    OptionValues.requireAtLeastOne(spec, "--seconds", seconds);
    if (answers < 0) {
      throw misused(
          String.format(Locale.ROOT, "Invalid --answers: %d (expected 0 or more)", answers));
    }
    int computed = answers == 0 ? Runtime.getRuntime().availableProcessors() : answers;
    return new ServeLimits(bytes, tokens, computed, connections, seconds);
  }

  private InetSocketAddress address() {
    if (port < 0 || port > LARGEST_PORT) {
      throw misused(
          String.format(Locale.ROOT, "Invalid --port: %d (expected 0 to %d)", port, LARGEST_PORT));
    }
    try {
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException e) {
      throw misused("Invalid --host: %s (expected an address of this machine)".formatted(host));
    }
  }

  private ParameterException misused(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private ModelServer start(TrainedModel model, InetSocketAddress address, ServeLimits limits) {
    try {
      return ModelServer.start(model, id(), address, limits);
    } catch (IOException e) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "Cannot listen to %s:%d: %s (choose another --port or --host)",
              host,
              port,
              e.getMessage()));
    }
  }

  private String id() {
    if (name != null) {
      return name;
    }
    String place = modelOptions.uri().replaceAll("/+$", "");
    String last = place.substring(place.lastIndexOf('/') + 1);
    return last.isEmpty() ? "model" : last;
  }

  private void tell(ModelServer server) {
    InetSocketAddress address = server.address();
    String shown = address.getAddress().getHostAddress();
    String url =
        String.format(
            Locale.ROOT,
            "http://%s:%d/",
            shown.contains(":") ? "[" + shown + "]" : shown,
            address.getPort());
    PrintWriter out = spec.commandLine().getOut();
    if (result.isJson()) {
      result.print(result.object().put("model", modelOptions.uri()).put("url", url));
    } else {
      out.printf("Serving the model %s at %s (Ctrl-C ends it)%n", id(), url);
    }
    out.flush();
  }
}
