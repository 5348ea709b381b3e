package io.unroll.driver.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** S3Proxy, its objects in memory. */
final class S3Server extends StoreServer {
  /** Long and unlike anything else, to be looked for where it must not be. */
  static final String SECRET = "tOpSeCrEt0123456789wxyzWXYZsecretKeyOfTests";

  private static final String BUCKET = "unroll";
  private static final String KEY = "tests";

  private final Path folder;

  S3Server(Path folder) {
    this.folder = folder;
  }

  @Override
  protected ProcessBuilder command() throws IOException {
    Path module = Path.of(System.getProperty("s3-server"));
    String libraries = Files.readString(module.resolve("target/classpath"));
    return new ProcessBuilder(
            List.of(
                java().toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                module.resolve("target/classes") + ":" + libraries,
                "io.unroll.s3.S3Server",
                Integer.toString(port),
                BUCKET,
                KEY,
                SECRET))
        .redirectError(folder.resolve("s3.log").toFile());
  }

  @Override
  String uri(String path) {
    return "s3a://" + BUCKET + "/" + path;
  }

  @Override
  Map<String, String> settings() {
    return Map.of(
        "fs.s3a.endpoint",
        "http://127.0.0.1:" + port,
        "fs.s3a.path.style.access",
        "true",
        "fs.s3a.connection.ssl.enabled",
        "false",
        "fs.s3a.access.key",
        KEY,
        "fs.s3a.secret.key",
        SECRET);
  }
}
