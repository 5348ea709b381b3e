package io.unroll.matrix;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Gathers what the class files of a jar name outside of the JDK. */
final class References {
  private final Set<Reference> found = new TreeSet<>();

  private References() {}

  /** The references of all classes below a folder of a jar. */
  static Set<Reference> of(Path jar, String folder) throws IOException {
    References references = new References();
    try (JarFile file = new JarFile(jar.toFile())) {
      List<JarEntry> classes =
          file.stream()
              .filter(entry -> entry.getName().startsWith(folder))
              .filter(entry -> entry.getName().endsWith(".class"))
              .toList();
      for (JarEntry entry : classes) {
        try (InputStream in = file.getInputStream(entry)) {
          new ClassReader(in).accept(references.new Types(), ClassReader.SKIP_DEBUG);
        }
      }
    }
    return references.found;
  }

  private void add(String owner, String name, String descriptor) {
    Type type = Type.getObjectType(owner);
    Type element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
    boolean member = type.getSort() != Type.ARRAY;
    if (element.getSort() == Type.OBJECT && !isOfJdk(element.getInternalName())) {
      found.add(
          member
              ? new Reference(owner, name, descriptor)
              : Reference.toClass(element.getInternalName()));
    }
  }

  private static boolean isOfJdk(String name) {
    return name.startsWith("java/") || name.startsWith("jdk/");
  }

  private void addClass(String name) {
    if (name != null) {
      add(name, "", "");
    }
  }

  private void addTypes(String descriptor) {
    if (descriptor.startsWith("(")) {
      for (Type argument : Type.getArgumentTypes(descriptor)) {
        addType(argument);
      }
      addType(Type.getReturnType(descriptor));
    } else {
      addType(Type.getType(descriptor));
    }
  }

  private void addType(Type type) {
    if (type.getSort() == Type.ARRAY || type.getSort() == Type.OBJECT) {
      addClass(type.getInternalName());
    }
  }

  private final class Types extends ClassVisitor {
    Types() {
      super(Opcodes.ASM9);
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        String signature,
        String parent,
        String[] interfaces) {
      addClass(parent);
      List.of(interfaces).forEach(References.this::addClass);
    }

    @Override
    public FieldVisitor visitField(
        int access, String name, String descriptor, String signature, Object value) {
      addTypes(descriptor);
      return null;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      addTypes(descriptor);
      return new Instructions();
    }
  }

  private final class Instructions extends MethodVisitor {
    Instructions() {
      super(Opcodes.ASM9);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      addClass(type);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
      add(owner, name, descriptor);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      add(owner, name, descriptor);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      addTypes(descriptor);
      for (Object argument : arguments) {
        if (argument instanceof Handle handle) {
          add(handle.getOwner(), handle.getName(), handle.getDesc());
        }
      }
    }

    @Override
    public void visitTryCatchBlock(Label from, Label to, Label handler, String type) {
      addClass(type);
    }

    @Override
    public void visitLdcInsn(Object value) {
      if (value instanceof Type type && type.getSort() != Type.METHOD) {
        addType(type);
      }
    }
  }
}
