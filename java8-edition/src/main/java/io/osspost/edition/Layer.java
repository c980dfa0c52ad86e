package io.osspost.edition;

import io.osspost.java8.SystemMethods;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/** The classes of {@code io.osspost.java8}, and the APIs of the JDK that they stand for. */
final class Layer {
  private static final List<String> CLASSES =
      List.of(
          "ByteArrayOutputStreamMethods",
          "CharBufferMethods",
          "DurationMethods",
          "FilesMethods",
          "InputStreamMethods",
          "Level",
          "ListMethods",
          "Logger",
          "LoggingLogger",
          "MapMethods",
          "ObjectsMethods",
          "OptionalMethods",
          "PathMethods",
          "SetMethods",
          "StreamMethods",
          "StringBuilderMethods",
          "StringMethods",
          "SystemMethods");

  private final Map<String, byte[]> classes = new TreeMap<>();
  private final Set<Member> members = new HashSet<>();

  /** Names of types in the JDK, and of the types that replace them. */
  private final Map<String, String> types =
      new HashMap<>(Map.of("java/lang/Record", "java/lang/Object"));

  /** Static methods of the JDK, and the names of the classes that supply them. */
  private final Map<Member, String> staticMethods = new HashMap<>();

  /** The JDK's methods of objects, and the static methods that supply them. */
  private final Map<Member, Member> objectMethods = new HashMap<>();

  Layer() {
    for (String name : CLASSES) {
      byte[] bytes = bytes(name);
      ClassNode node = new ClassNode();
      new ClassReader(bytes).accept(node, ClassReader.SKIP_CODE);
      classes.put(node.name, bytes);
      read(node);
    }
  }

  /** Returns the layer's own classes, as compiled. */
  Collection<byte[]> classes() {
    return classes.values();
  }

  /** Returns whether {@code type} is one of the layer's. */
  boolean contains(String type) {
    return classes.containsKey(type);
  }

  /** Returns the name of the type to use in place of {@code type}. */
  String type(String type) {
    return types.getOrDefault(type, type);
  }

  /** Returns the static method to call in place of {@code method}, or null if there is none. */
  @Nullable Member replacement(Member method, boolean isStatic) {
    if (!isStatic) {
      return objectMethods.get(method);
    }
    String supplier = staticMethods.get(method);
    return supplier == null ? null : new Member(supplier, method.name(), method.descriptor());
  }

  /** Checks that a type of the layer has the member of the type that it replaces. */
  void require(Member member) {
    if (contains(member.owner()) && !members.contains(member)) {
      throw new IllegalStateException("Add " + member + " to io.osspost.java8.");
    }
  }

  private void read(ClassNode node) {
    for (FieldNode field : node.fields) {
      members.add(new Member(node.name, field.name, field.desc));
    }
    for (MethodNode method : node.methods) {
      members.add(new Member(node.name, method.name, method.desc));
    }
    if (node.invisibleAnnotations == null) {
      return;
    }
    for (AnnotationNode annotation : node.invisibleAnnotations) {
      String named = ((String) annotation.values.get(1)).replace('.', '/');
      if (annotation.desc.equals(Type.getDescriptor(Replaces.class))) {
        types.put(named, node.name);
      } else if (annotation.desc.equals(Type.getDescriptor(Supplies.class))) {
        node.methods.stream()
            .filter(method -> (method.access & Opcodes.ACC_PUBLIC) != 0)
            .forEach(method -> supply(named, node.name, method));
      }
    }
  }

  private void supply(String owner, String supplier, MethodNode method) {
    staticMethods.put(new Member(owner, method.name, method.desc), supplier);
    Type[] parameters = Type.getArgumentTypes(method.desc);
    if (parameters.length > 0 && parameters[0].getInternalName().equals(owner)) {
      String others = method.desc.replace("(" + parameters[0].getDescriptor(), "(");
      objectMethods.put(
          new Member(owner, method.name, others), new Member(supplier, method.name, method.desc));
    }
  }

  private static byte[] bytes(String name) {
    try (InputStream in = SystemMethods.class.getResourceAsStream(name + ".class")) {
      if (in == null) {
        throw new IllegalStateException("Class " + name + " is missing in io.osspost.java8.");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
