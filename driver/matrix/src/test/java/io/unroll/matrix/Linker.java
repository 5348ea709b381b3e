package io.unroll.matrix;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.objectweb.asm.Type;

/** Looks references up in an application and the jars of a Spark, without running any of them. */
final class Linker implements AutoCloseable {
  private final URLClassLoader loader;

  private Linker(URLClassLoader loader) {
    this.loader = loader;
  }

  static Linker of(Path application, Path jars) throws IOException {
    List<URL> urls = new ArrayList<>(List.of(application.toUri().toURL()));
    try (Stream<Path> files = Files.list(jars)) {
      for (Path file : files.sorted().toList()) {
        urls.add(file.toUri().toURL());
      }
    }
    return new Linker(
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader()));
  }

  boolean resolves(Reference reference) {
    try {
      Class<?> owner = Class.forName(reference.owner().replace('/', '.'), false, loader);
      return reference.isToClass() || declares(owner, reference);
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  /** Whether the class, or one that it extends or implements, has the member. */
  private static boolean declares(Class<?> owner, Reference reference) {
    if (reference.isToMethod() ? hasMethod(owner, reference) : hasField(owner, reference)) {
      return true;
    }
    boolean constructor = reference.name().equals("<init>");
    Class<?> parent = owner.isInterface() ? Object.class : owner.getSuperclass();
    return !constructor
        && ((parent != null && declares(parent, reference))
            || Arrays.stream(owner.getInterfaces()).anyMatch(type -> declares(type, reference)));
  }

  private static boolean hasMethod(Class<?> owner, Reference reference) {
    if (reference.name().equals("<init>")) {
      return Arrays.stream(owner.getDeclaredConstructors())
          .anyMatch(it -> Type.getConstructorDescriptor(it).equals(reference.descriptor()));
    }
    return Arrays.stream(owner.getDeclaredMethods())
        .filter(it -> it.getName().equals(reference.name()))
        .anyMatch(it -> Type.getMethodDescriptor(it).equals(reference.descriptor()));
  }

  private static boolean hasField(Class<?> owner, Reference reference) {
    return Arrays.stream(owner.getDeclaredFields())
        .filter(it -> it.getName().equals(reference.name()))
        .anyMatch(it -> Type.getDescriptor(it.getType()).equals(reference.descriptor()));
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }
}
