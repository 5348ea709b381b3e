package io.unroll.worker.math;

/**
 * The module of the vector kernels, which no program has unless it asks. {@code --add-modules} asks
 * at the start, and the JVM warns of an incubator module then, at every start. {@code
 * --add-exports=java.base/jdk.internal.module=ALL-UNNAMED} lets it be loaded later by what the JDK
 * loads the modules of agents with, without that line. Both make the same machine code.
 */
final class VectorModule {
  private static final String NAME = "jdk.incubator.vector";

  private VectorModule() {}

  /** Whether the module is there, loading it if this JVM allows that. */
  static boolean isOn() {
    return ModuleLayer.boot().findModule(NAME).isPresent() || Loaded.YES;
  }

  /** Loads the module once, when it is first asked for. */
  private static final class Loaded {
    static final boolean YES = load();

    private static boolean load() {
      try {
        Class.forName("jdk.internal.module.Modules")
            .getMethod("loadModule", String.class)
            .invoke(null, NAME);
        return true;
      } catch (ReflectiveOperationException notExportedOrNotThere) {
        return false;
      }
    }
  }
}
