package io.osspost.edition;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Writes {@code equals}, {@code hashCode} and {@code toString} of records. In Java 17 the JVM makes
 * them at run time.
 */
final class RecordMethods {
  private static final String BOOTSTRAP = "java/lang/runtime/ObjectMethods";

  private final String record;
  private final List<Field> fields = new ArrayList<>();

  private RecordMethods(String record, InvokeDynamicInsnNode call) {
    this.record = record;
    for (Object argument : call.bsmArgs) {
      if (argument instanceof Handle getter) {
        fields.add(new Field(getter.getName(), Type.getType(getter.getDesc())));
      }
    }
  }

  private record Field(String name, Type type) {
    boolean isObject() {
      return type.getSort() >= Type.ARRAY;
    }
  }

  /** Replaces those methods of {@code node} that the JVM would make. */
  static void apply(ClassNode node) {
    for (MethodNode method : node.methods) {
      for (AbstractInsnNode instruction : method.instructions) {
        if (instruction instanceof InvokeDynamicInsnNode call
            && call.bsm.getOwner().equals(BOOTSTRAP)) {
          new RecordMethods(node.name, call).write(method);
        }
      }
    }
  }

  private void write(MethodNode method) {
    method.instructions.clear();
    if (method.localVariables != null) {
      method.localVariables.clear();
    }
    switch (method.name) {
      case "equals" -> writeEquals(method);
      case "hashCode" -> writeHashCode(method);
      case "toString" -> writeToString(method);
      default -> throw new IllegalStateException("Unknown method " + record + "." + method.name);
    }
  }

  private void writeEquals(MethodNode method) {
    Label different = new Label();
    method.visitVarInsn(Opcodes.ALOAD, 1);
    method.visitTypeInsn(Opcodes.INSTANCEOF, record);
    method.visitJumpInsn(Opcodes.IFEQ, different);
    for (Field field : fields) {
      load(method, 0, field);
      load(method, 1, field);
      switch (field.type().getSort()) {
        case Type.LONG -> compare(method, "java/lang/Long", field.type(), different);
        case Type.FLOAT -> compare(method, "java/lang/Float", field.type(), different);
        case Type.DOUBLE -> compare(method, "java/lang/Double", field.type(), different);
        case Type.ARRAY, Type.OBJECT -> {
          method.visitMethodInsn(
              Opcodes.INVOKESTATIC,
              "java/util/Objects",
              "equals",
              "(Ljava/lang/Object;Ljava/lang/Object;)Z",
              false);
          method.visitJumpInsn(Opcodes.IFEQ, different);
        }
        default -> method.visitJumpInsn(Opcodes.IF_ICMPNE, different);
      }
    }
    method.visitInsn(Opcodes.ICONST_1);
    method.visitInsn(Opcodes.IRETURN);
    method.visitLabel(different);
    method.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
    method.visitInsn(Opcodes.ICONST_0);
    method.visitInsn(Opcodes.IRETURN);
  }

  private static void compare(MethodNode method, String box, Type type, Label different) {
    String descriptor = Type.getMethodDescriptor(Type.INT_TYPE, type, type);
    method.visitMethodInsn(Opcodes.INVOKESTATIC, box, "compare", descriptor, false);
    method.visitJumpInsn(Opcodes.IFNE, different);
  }

  private void writeHashCode(MethodNode method) {
    method.visitInsn(Opcodes.ICONST_0);
    for (Field field : fields) {
      method.visitIntInsn(Opcodes.BIPUSH, 31);
      method.visitInsn(Opcodes.IMUL);
      load(method, 0, field);
      String owner = field.isObject() ? "java/util/Objects" : box(field.type());
      Type argument = field.isObject() ? Type.getType(Object.class) : field.type();
      String descriptor = Type.getMethodDescriptor(Type.INT_TYPE, argument);
      method.visitMethodInsn(Opcodes.INVOKESTATIC, owner, "hashCode", descriptor, false);
      method.visitInsn(Opcodes.IADD);
    }
    method.visitInsn(Opcodes.IRETURN);
  }

  private void writeToString(MethodNode method) {
    String builder = "java/lang/StringBuilder";
    method.visitTypeInsn(Opcodes.NEW, builder);
    method.visitInsn(Opcodes.DUP);
    method.visitMethodInsn(Opcodes.INVOKESPECIAL, builder, "<init>", "()V", false);
    String before = record.replaceFirst(".*[/$]", "") + "[";
    for (Field field : fields) {
      method.visitLdcInsn(before + field.name() + "=");
      append(method, Type.getType(String.class));
      load(method, 0, field);
      append(method, field.type());
      before = ", ";
    }
    method.visitLdcInsn(fields.isEmpty() ? before + "]" : "]");
    append(method, Type.getType(String.class));
    method.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL, builder, "toString", "()Ljava/lang/String;", false);
    method.visitInsn(Opcodes.ARETURN);
  }

  private static void append(MethodNode method, Type type) {
    Type argument =
        switch (type.getSort()) {
          case Type.ARRAY -> Type.getType(Object.class);
          case Type.OBJECT ->
              type.getClassName().equals("java.lang.String") ? type : Type.getType(Object.class);
          case Type.BYTE, Type.SHORT -> Type.INT_TYPE;
          default -> type;
        };
    Type builder = Type.getType(StringBuilder.class);
    method.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL,
        builder.getInternalName(),
        "append",
        Type.getMethodDescriptor(builder, argument),
        false);
  }

  private void load(MethodNode method, int variable, Field field) {
    method.visitVarInsn(Opcodes.ALOAD, variable);
    if (variable == 1) {
      method.visitTypeInsn(Opcodes.CHECKCAST, record);
    }
    method.visitFieldInsn(Opcodes.GETFIELD, record, field.name(), field.type().getDescriptor());
  }

  private static String box(Type type) {
    return switch (type.getSort()) {
      case Type.BOOLEAN -> "java/lang/Boolean";
      case Type.BYTE -> "java/lang/Byte";
      case Type.CHAR -> "java/lang/Character";
      case Type.SHORT -> "java/lang/Short";
      case Type.INT -> "java/lang/Integer";
      case Type.LONG -> "java/lang/Long";
      case Type.FLOAT -> "java/lang/Float";
      default -> "java/lang/Double";
    };
  }
}
