package io.unroll.driver.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.unroll.dataprep.DataException;
import io.unroll.driver.model.TrainedModel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers questions to a model by HTTP, by the JDK's own server: for trying a model out, and for
 * checking what serves it elsewhere. See docs/serving.md.
 *
 * <p>Each connection has a thread while it is answered. A client costs no more than that: bodies,
 * texts, the number of answers and connections, and the time of each are limited.
 */
public final class ModelServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModelServer.class);

  private final ServeLimits limits;
  private final HttpServer server;
  private final ExecutorService threads;
  private final StalledWrites stalled;
  private final Hosts hosts;
  private final ServeMetrics metrics;
  private final Routes routes;

  /**
   * Listens, and answers from then on.
   *
   * @param id name of the model
   * @param address port 0 takes a free one
   * @throws IOException if the address cannot be had
   */
  public static ModelServer start(
      TrainedModel model, String id, InetSocketAddress address, ServeLimits limits)
      throws IOException {
    HttpLimits.set(limits);
    ModelServer server =
        new ModelServer(model, id, HttpServer.create(address, limits.connections()), limits);
    server.server.start();
    return server;
  }

  private ModelServer(TrainedModel model, String id, HttpServer server, ServeLimits limits) {
    this.limits = limits;
    this.server = server;
    this.hosts = new Hosts(server.getAddress().getAddress());
    this.metrics = new ServeMetrics(id);
    this.stalled = new StalledWrites(TimeUnit.SECONDS.toMillis(ServeLimits.STALLED_SECONDS));
    this.routes = routes(new ServedModel(model, id, System.currentTimeMillis() / 1000));
    this.threads = threads(limits.connections());
    server.setExecutor(threads);
    server.createContext("/", this::handle);
  }

  private Routes routes(ServedModel model) {
    var turns = new Turns(limits.answers(), TimeUnit.SECONDS.toMillis(ServeLimits.WAITING_SECONDS));
    return new Routes()
        .get("/", Page.of("page.html", "text/html"))
        .get("/page.css", Page.of("page.css", "text/css"))
        .get("/page.js", Page.of("page.js", "text/javascript"))
        .get("/health", call -> call.json(object().put("status", "ok")))
        .get("/metrics", call -> call.send(200, ServeMetrics.TYPE, metrics.text()))
        .get("/v1/models", call -> call.json(models(model)))
        .post(Completions.PATH, new Completions(model, turns))
        .post(Scores.PATH, new Scores(model, turns))
        .post(Predictions.PATH, new Predictions(model, turns));
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static ObjectNode models(ServedModel model) {
    ObjectNode answer = object().put("object", "list");
    answer.putArray("data").add(model.description());
    return answer;
  }

  /** Enough for all connections, none of which waits for another. */
  private static ExecutorService threads(int connections) {
    AtomicInteger number = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        // More, since a connection that was closed may have its thread for a moment.
        2 * connections,
        10,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> new Thread(task, "request " + number.incrementAndGet()),
        new ThreadPoolExecutor.AbortPolicy());
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  private void handle(HttpExchange exchange) {
    long begin = System.nanoTime();
    metrics.begin();
    Call call = new Call(exchange, limits, stalled);
    try {
      answer(call);
    } catch (IOException e) {
      LOG.debug("The client of {} is gone", call.path(), e);
    } finally {
      exchange.close();
      double seconds = (System.nanoTime() - begin) / 1e9;
      metrics.end(routes.known(call.path()), call.status(), seconds, call.tokens());
    }
  }

  private void answer(Call call) throws IOException {
    try {
      hosts.require(call.header("Host"));
      routes.find(call.method(), call.path()).answer(call);
    } catch (Refusal e) {
      refuse(call, e);
    } catch (DataException e) {
      refuse(call, new Refusal(Refusal.BAD_REQUEST, e.getMessage()));
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.error("Cannot answer {} {}", call.method(), call.path(), e);
      refuse(call, new Refusal(Refusal.SERVER_ERROR, "The server failed: see its log"));
    }
  }

  /** An answer that has begun ends there. */
  private static void refuse(Call call, Refusal refusal) throws IOException {
    if (call.status() == 0) {
      call.refuse(refusal);
    }
  }

  /** Ends all connections, whatever is being answered. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    stalled.close();
  }
}
