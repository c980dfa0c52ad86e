package io.osspost.edition;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Private members that other classes of the same source file use. Since Java 11 the JVM allows
 * that. For Java 8 they become package-private, and calls of a class's own private methods become
 * {@code invokespecial}.
 */
final class NestAccess {
  private final Map<String, ClassNode> classes = new HashMap<>();
  private final Set<Member> privateMembers = new HashSet<>();
  private final Set<Member> shared = new HashSet<>();

  NestAccess(Collection<ClassNode> nodes) {
    for (ClassNode node : nodes) {
      classes.put(node.name, node);
      for (FieldNode field : node.fields) {
        addIfPrivate(field.access, new Member(node.name, field.name, field.desc));
      }
      for (MethodNode method : node.methods) {
        addIfPrivate(method.access, new Member(node.name, method.name, method.desc));
      }
    }
    nodes.forEach(this::findShared);
    shared.forEach(this::requireNoOverride);
  }

  private void addIfPrivate(int access, Member member) {
    if ((access & Opcodes.ACC_PRIVATE) != 0) {
      privateMembers.add(member);
    }
  }

  private void findShared(ClassNode node) {
    for (MethodNode method : node.methods) {
      for (AbstractInsnNode instruction : method.instructions) {
        members(instruction)
            .filter(member -> !member.owner().equals(node.name) && privateMembers.contains(member))
            .forEach(shared::add);
      }
    }
  }

  private static Stream<Member> members(AbstractInsnNode instruction) {
    if (instruction instanceof FieldInsnNode field) {
      return Stream.of(new Member(field.owner, field.name, field.desc));
    }
    if (instruction instanceof MethodInsnNode method) {
      return Stream.of(new Member(method.owner, method.name, method.desc));
    }
    if (instruction instanceof InvokeDynamicInsnNode dynamic) {
      return Stream.of(dynamic.bsmArgs)
          .filter(Handle.class::isInstance)
          .map(Handle.class::cast)
          .map(handle -> new Member(handle.getOwner(), handle.getName(), handle.getDesc()));
    }
    return Stream.empty();
  }

  /** Other classes of the package could override a method that is no longer private. */
  private void requireNoOverride(Member member) {
    if (!member.descriptor().startsWith("(") || member.name().equals("<init>")) {
      return;
    }
    for (ClassNode other : classes.values()) {
      boolean declares =
          other.methods.stream()
              .anyMatch(
                  method ->
                      method.name.equals(member.name()) && method.desc.equals(member.descriptor()));
      if (declares
          && !other.name.equals(member.owner())
          && (extendsClass(other, member.owner())
              || extendsClass(classes.get(member.owner()), other.name))) {
        throw new IllegalStateException(
            "Private method "
                + member
                + " is called by another class, and "
                + other.name
                + " has a method of the same name. Rename one of them.");
      }
    }
  }

  private boolean extendsClass(@Nullable ClassNode node, String ancestor) {
    for (ClassNode type = node; type != null; type = classes.get(type.superName)) {
      if (ancestor.equals(type.superName)) {
        return true;
      }
    }
    return false;
  }

  /** Changes the access of shared members of {@code node}, and its calls of its own methods. */
  void apply(ClassNode node) {
    for (FieldNode field : node.fields) {
      if (shared.contains(new Member(node.name, field.name, field.desc))) {
        field.access &= ~Opcodes.ACC_PRIVATE;
      }
    }
    for (MethodNode method : node.methods) {
      if (shared.contains(new Member(node.name, method.name, method.desc))) {
        method.access = sharedAccess(node, method);
      }
      for (AbstractInsnNode instruction : method.instructions) {
        if (instruction instanceof MethodInsnNode call && isOwn(node, call)) {
          call.setOpcode(Opcodes.INVOKESPECIAL);
        } else if (instruction instanceof InvokeDynamicInsnNode dynamic) {
          for (int i = 0; i < dynamic.bsmArgs.length; i++) {
            if (dynamic.bsmArgs[i] instanceof Handle handle) {
              dynamic.bsmArgs[i] = own(node, handle);
            }
          }
        }
      }
    }
  }

  /** Methods of interfaces are private or public. A synthetic one is hidden from compilers. */
  private static int sharedAccess(ClassNode node, MethodNode method) {
    int access = method.access & ~Opcodes.ACC_PRIVATE;
    if ((node.access & Opcodes.ACC_INTERFACE) == 0) {
      return access;
    }
    if ((access & Opcodes.ACC_STATIC) == 0) {
      throw new IllegalStateException(
          "Private method "
              + node.name
              + "."
              + method.name
              + " of an interface is called by"
              + " another class, which Java 8 cannot do. Make it static.");
    }
    return access | Opcodes.ACC_PUBLIC | Opcodes.ACC_SYNTHETIC;
  }

  private boolean isOwn(ClassNode node, MethodInsnNode call) {
    return call.getOpcode() != Opcodes.INVOKESTATIC
        && call.owner.equals(node.name)
        && privateMembers.contains(new Member(call.owner, call.name, call.desc));
  }

  private Handle own(ClassNode node, Handle handle) {
    boolean own =
        (handle.getTag() == Opcodes.H_INVOKEVIRTUAL || handle.getTag() == Opcodes.H_INVOKEINTERFACE)
            && handle.getOwner().equals(node.name)
            && privateMembers.contains(
                new Member(handle.getOwner(), handle.getName(), handle.getDesc()));
    return own
        ? new Handle(
            Opcodes.H_INVOKESPECIAL,
            handle.getOwner(),
            handle.getName(),
            handle.getDesc(),
            handle.isInterface())
        : handle;
  }
}
