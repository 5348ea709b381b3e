package io.unroll.driver.cli;

import io.unroll.driver.model.TrainedModel;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Option;

/** What every command that uses a trained model has. */
final class ModelOptions {
  static final String DESCRIPTION =
      "model directory; or a run directory, whose best model is taken then, or a registry, whose"
          + " champion is, or REGISTRY/previous";

  @Option(names = "--model", required = true, paramLabel = "URI", description = DESCRIPTION)
  private String uri;

  String uri() {
    return uri;
  }

  TrainedModel read(Configuration hadoop) {
    return TrainedModel.read(uri, hadoop);
  }
}
