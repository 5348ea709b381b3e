package io.unroll.matrix;

import java.util.Comparator;

/**
 * What a class file names in another: a field, a method or, with neither name nor descriptor, the
 * class alone.
 *
 * @param owner the class, with slashes
 * @param name of the member, or empty
 * @param descriptor its type, as class files have it: with brackets if it is a method
 */
record Reference(String owner, String name, String descriptor) implements Comparable<Reference> {
  private static final Comparator<Reference> ORDER =
      Comparator.comparing(Reference::owner)
          .thenComparing(Reference::name)
          .thenComparing(Reference::descriptor);

  static Reference toClass(String owner) {
    return new Reference(owner, "", "");
  }

  boolean isToMethod() {
    return descriptor.startsWith("(");
  }

  boolean isToClass() {
    return name.isEmpty();
  }

  @Override
  public int compareTo(Reference other) {
    return ORDER.compare(this, other);
  }
}
