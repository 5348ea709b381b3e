package io.unroll.driver.cli;

/** An application jar that carries another program's library, which the usual one is without. */
enum LibraryJar {
  DEEPLEARNING4J("Deeplearning4j", "dl4j"),
  ONNX_RUNTIME("ONNX Runtime", "onnx");

  private final String library;
  private final String module;

  LibraryJar(String library, String module) {
    this.library = library;
    this.module = module;
  }

  /** Of what needs the library, where this jar is without. */
  UsageException absence(String what) {
    return new UsageException(
        ("Cannot use %s: this application jar is without %s. Take the one that has it: export"
                + " UNROLL_JAR=driver/%s/target/unroll-driver-%s-VERSION-app.jar, or submit that"
                + " jar")
            .formatted(what, library, module, module));
  }
}
