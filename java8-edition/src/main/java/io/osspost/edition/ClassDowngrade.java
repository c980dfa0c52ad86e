package io.osspost.edition;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Rewrites the classes of one jar from Java 17 to Java 8. */
final class ClassDowngrade {
  private final Layer layer;

  ClassDowngrade(Layer layer) {
    this.layer = layer;
  }

  /** Returns the rewritten classes by their names. */
  Map<String, byte[]> apply(Collection<byte[]> classes) {
    Map<String, ClassNode> nodes = new TreeMap<>();
    for (byte[] bytes : classes) {
      ClassNode node = read(bytes);
      nodes.put(node.name, node);
    }
    NestAccess nestAccess = new NestAccess(nodes.values());
    Map<String, byte[]> downgraded = new TreeMap<>();
    nodes.forEach(
        (name, node) -> {
          RecordMethods.apply(node);
          nestAccess.apply(node);
          node.methods.forEach(this::replaceCalls);
          removeNewerAttributes(node);
          ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
          node.accept(writer);
          downgraded.put(name, writer.toByteArray());
        });
    return downgraded;
  }

  private ClassNode read(byte[] bytes) {
    ClassNode node = new ClassNode();
    Remapper types =
        new Remapper(Opcodes.ASM9) {
          @Override
          public String map(String type) {
            return layer.type(type);
          }
        };
    new ClassReader(bytes).accept(new ClassRemapper(node, types), 0);
    return node;
  }

  private void replaceCalls(MethodNode method) {
    for (AbstractInsnNode instruction : method.instructions) {
      if (instruction instanceof FieldInsnNode field) {
        layer.require(new Member(field.owner, field.name, field.desc));
      } else if (instruction instanceof MethodInsnNode call) {
        layer.require(new Member(call.owner, call.name, call.desc));
        Member supplied =
            replacement(call.owner, call.name, call.desc, call.getOpcode() == Opcodes.INVOKESTATIC);
        if (supplied != null) {
          method.instructions.set(
              call,
              new MethodInsnNode(
                  Opcodes.INVOKESTATIC, supplied.owner(), supplied.name(), supplied.descriptor()));
        }
      } else if (instruction instanceof InvokeDynamicInsnNode dynamic) {
        requireLambda(dynamic);
        for (int i = 0; i < dynamic.bsmArgs.length; i++) {
          if (dynamic.bsmArgs[i] instanceof Handle handle) {
            dynamic.bsmArgs[i] = replacement(handle);
          }
        }
      }
    }
  }

  private Handle replacement(Handle handle) {
    Member supplied =
        replacement(
            handle.getOwner(),
            handle.getName(),
            handle.getDesc(),
            handle.getTag() == Opcodes.H_INVOKESTATIC);
    return supplied == null
        ? handle
        : new Handle(
            Opcodes.H_INVOKESTATIC,
            supplied.owner(),
            supplied.name(),
            supplied.descriptor(),
            false);
  }

  private @Nullable Member replacement(
      String owner, String name, String descriptor, boolean isStatic) {
    return layer.replacement(new Member(owner, name, descriptor), isStatic);
  }

  private static void requireLambda(InvokeDynamicInsnNode dynamic) {
    if (!dynamic.bsm.getOwner().equals("java/lang/invoke/LambdaMetafactory")) {
      throw new IllegalStateException(
          "The bootstrap method "
              + dynamic.bsm
              + " cannot be rewritten for Java 8. Compile string"
              + " concatenations with -XDstringConcat=inline.");
    }
  }

  private void removeNewerAttributes(ClassNode node) {
    node.version = Opcodes.V1_8;
    node.access &= ~Opcodes.ACC_RECORD;
    node.recordComponents = null;
    node.permittedSubclasses = null;
    node.nestHostClass = null;
    node.nestMembers = null;
    // A nested type of the JDK is replaced by a type of its own.
    node.innerClasses.removeIf(inner -> layer.contains(inner.name));
    if (node.invisibleAnnotations != null) {
      node.invisibleAnnotations.removeIf(
          annotation ->
              annotation.desc.equals(Type.getDescriptor(Supplies.class))
                  || annotation.desc.equals(Type.getDescriptor(Replaces.class)));
    }
  }
}
