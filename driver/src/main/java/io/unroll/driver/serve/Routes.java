package io.unroll.driver.serve;

import java.util.LinkedHashMap;
import java.util.Map;

/** Which paths there are, and how each is asked for. */
final class Routes {
  private static final String GET = "GET";
  private static final String POST = "POST";

  private record Route(String method, Endpoint endpoint) {}

  private final Map<String, Route> routes = new LinkedHashMap<>();

  Routes get(String path, Endpoint endpoint) {
    routes.put(path, new Route(GET, endpoint));
    return this;
  }

  Routes post(String path, Endpoint endpoint) {
    routes.put(path, new Route(POST, endpoint));
    return this;
  }

  /** The path, or one that stands for all that there are not. */
  String known(String path) {
    return routes.containsKey(path) ? path : "other";
  }

  /**
   * What answers a request.
   *
   * @throws Refusal if there is no such path, or it is not asked for so
   */
  Endpoint find(String method, String path) {
    Route route = routes.get(path);
    if (route == null) {
      throw new Refusal(Refusal.NOT_FOUND, "There is no such path (expected %s)".formatted(all()));
    }
    if (!route.method().equals(method)) {
      throw new Refusal(
          Refusal.NO_SUCH_METHOD, "Invalid method (expected %s)".formatted(route.method()));
    }
    return route.endpoint();
  }

  private String all() {
    return String.join(", ", routes.keySet());
  }
}
