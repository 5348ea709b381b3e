package io.unroll.s3;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/**
 * S3Proxy with its objects in memory, on loopback: its folders on disk are no faithful S3, since a
 * key that ends in a slash is a directory there.
 */
public final class S3Server {
  private S3Server() {}

  /**
   * Serves until standard input ends. A line "stop" there stops to listen, "start" goes on with the
   * same objects; both are answered by "ready".
   *
   * @param arguments port, bucket, access key, secret key
   */
  public static void main(String[] arguments) throws Exception {
    BlobStore objects = new TransientNio2BlobStore();
    objects.createContainer(arguments[1]);
    S3Proxy server = started(objects, arguments);
    System.out.println("ready");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String command = in.readLine(); command != null; command = in.readLine()) {
      if (command.equals("stop")) {
        server.stop();
      } else {
        server = started(objects, arguments);
      }
      System.out.println("ready");
    }
    Runtime.getRuntime().halt(0);
  }

  private static S3Proxy started(BlobStore objects, String[] arguments) throws Exception {
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(objects)
            .endpoint(URI.create("http://127.0.0.1:" + arguments[0]))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, arguments[2], arguments[3])
            .build();
    server.start();
    return server;
  }
}
