package io.osspost.edition;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.codehaus.mojo.animal_sniffer.SignatureChecker;
import org.codehaus.mojo.animal_sniffer.logging.Logger;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Finds the APIs that classes use and Java 8 lacks. */
final class Java8Api {
  private static final String SIGNATURES = "java18.signature";

  /** The packages that are not the JDK's: ours, and those of dependencies that run on Java 8. */
  private static final Set<String> OTHERS =
      Set.of(
          "com.aliyun.*",
          "com.aliyuncs.*",
          "com.github.benmanes.*",
          "com.google.gson.*",
          "io.osspost.*",
          "javax.servlet.*",
          "org.jspecify.*");

  /**
   * The JDK's types that types of others extend. A call of an inherited method names only the other
   * type, so the method is looked up in these.
   */
  private static final List<Class<?>> EXTENDED =
      List.of(
          Collection.class,
          InputStream.class,
          List.class,
          Map.class,
          OutputStream.class,
          Reader.class,
          Set.class,
          Writer.class);

  private Java8Api() {}

  /** Returns the missing classes, methods and fields. */
  static Set<String> lacking(Collection<byte[]> classes) {
    Set<String> lacking = new TreeSet<>();
    try (InputStream java8 = Java8Api.class.getResourceAsStream(SIGNATURES)) {
      Checker checker = new Checker(java8, new Reports(lacking));
      for (byte[] bytes : classes) {
        checker.check(withCallsOfHandles(bytes));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lacking;
  }

  /** The checker ignores method references, so each is also written as a call. Nothing runs it. */
  private static byte[] withCallsOfHandles(byte[] bytes) {
    ClassNode node = new ClassNode();
    new ClassReader(bytes).accept(node, ClassReader.SKIP_FRAMES);
    MethodNode calls = new MethodNode(Opcodes.ACC_STATIC, "$handles", "()V", null, null);
    for (MethodNode method : node.methods) {
      for (AbstractInsnNode instruction : method.instructions) {
        if (instruction instanceof MethodInsnNode call && !call.owner.startsWith("java/")) {
          addInheritedCalls(calls, call);
        } else if (instruction instanceof InvokeDynamicInsnNode dynamic) {
          addCall(calls, dynamic.bsm);
          for (Object argument : dynamic.bsmArgs) {
            if (argument instanceof Handle handle) {
              addCall(calls, handle);
            }
          }
        }
      }
    }
    node.methods.add(calls);
    ClassWriter writer = new ClassWriter(0);
    node.accept(writer);
    return writer.toByteArray();
  }

  private static void addInheritedCalls(MethodNode calls, MethodInsnNode call) {
    for (Class<?> type : EXTENDED) {
      boolean inherited =
          Stream.of(type.getMethods())
              .filter(method -> !Modifier.isStatic(method.getModifiers()))
              .anyMatch(
                  method ->
                      method.getName().equals(call.name)
                          && Type.getMethodDescriptor(method).equals(call.desc));
      if (inherited) {
        int opcode = type.isInterface() ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL;
        String owner = Type.getInternalName(type);
        calls.instructions.add(
            new MethodInsnNode(opcode, owner, call.name, call.desc, type.isInterface()));
      }
    }
  }

  private static void addCall(MethodNode calls, Handle handle) {
    if (handle.getTag() >= Opcodes.H_INVOKEVIRTUAL) {
      int opcode =
          switch (handle.getTag()) {
            case Opcodes.H_INVOKESTATIC -> Opcodes.INVOKESTATIC;
            case Opcodes.H_INVOKEINTERFACE -> Opcodes.INVOKEINTERFACE;
            case Opcodes.H_INVOKEVIRTUAL -> Opcodes.INVOKEVIRTUAL;
            default -> Opcodes.INVOKESPECIAL;
          };
      calls.instructions.add(
          new MethodInsnNode(
              opcode, handle.getOwner(), handle.getName(), handle.getDesc(), handle.isInterface()));
    }
  }

  private static final class Checker extends SignatureChecker {
    Checker(InputStream signatures, Logger reports) throws IOException {
      super(signatures, OTHERS, reports);
      setSourcePath(new ArrayList<>());
    }

    void check(byte[] bytes) throws IOException {
      process("class", new ByteArrayInputStream(bytes));
    }
  }

  /** Collects the reports without their positions. */
  private record Reports(Set<String> lacking) implements Logger {
    private static final String REPORT = "Undefined reference: ";

    @Override
    public void error(String message) {
      int at = message.indexOf(REPORT);
      if (at < 0) {
        throw new IllegalStateException(message);
      }
      lacking.add(message.substring(at + REPORT.length()));
    }

    @Override
    public void error(String message, Throwable cause) {
      throw new IllegalStateException(message, cause);
    }

    @Override
    public void info(String message) {}

    @Override
    public void info(String message, Throwable cause) {}

    @Override
    public void debug(String message) {}

    @Override
    public void debug(String message, Throwable cause) {}

    @Override
    public void warn(String message) {}

    @Override
    public void warn(String message, Throwable cause) {}
  }
}
