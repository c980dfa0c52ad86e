package io.osspost.edition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;

/** Rewrites a class that uses the language of Java 17, and runs it without the newer features. */
class Java8EditionTest {
  @TempDir static Path folder;
  private static Map<String, byte[]> edition;
  private static Class<?> shapes;

  @BeforeAll
  static void rewrite() throws Exception {
    edition =
        Java8Edition.of(
            Compiled.of("Shapes", folder.resolve("shapes"), "-XDstringConcat=inline"), false);
    shapes = Compiled.load(edition).loadClass("io.osspost.sample.Shapes");
  }

  @Test
  void classFilesAreOfJava8() {
    assertThat(edition).hasSize(7);
    edition.forEach(
        (name, bytes) -> {
          ClassNode node = new ClassNode();
          new ClassReader(bytes).accept(node, 0);
          assertThat(node.version).as(name).isEqualTo(Opcodes.V1_8);
          assertThat(node.superName).as(name).isNotEqualTo("java/lang/Record");
          assertThat(node.nestHostClass).as(name).isNull();
          assertThat(node.nestMembers).as(name).isNull();
          assertThat(node.permittedSubclasses).as(name).isNull();
        });
  }

  @Test
  void nestedClassesUsePrivateMembers() throws Exception {
    assertThat(call("nestMates")).isEqualTo((13 + 100 + 1) * 2 + 100);
  }

  @Test
  void privateMethodsOfInterfacesRun() throws Exception {
    assertThat(call("shapes")).isEqualTo("Circle[radius=1.5, name= disc ] a disc! a square!");
  }

  @Test
  void switchExpressionsRun() throws Exception {
    assertThat(
            List.of("a", "z", "q").stream()
                .map(
                    word -> {
                      try {
                        return shapes.getMethod("switches", String.class).invoke(null, word);
                      } catch (ReflectiveOperationException e) {
                        throw new IllegalStateException(e);
                      }
                    }))
        .containsExactly("early", "late", "other");
  }

  @Test
  void newerMethodsComeFromTheLayer() throws Exception {
    assertThat(call("newerMethods")).isEqualTo("[11, 22, 33] true");
    assertThat(shapes.getDeclaredField("LOG").getType().getName())
        .isEqualTo("io.osspost.java8.Logger");
  }

  @Test
  void recordsCompareAllComponents() throws Exception {
    Object three = everything(3);
    assertThat(three).isEqualTo(everything(3)).hasSameHashCodeAs(everything(3));
    assertThat(three).isNotEqualTo(everything(4)).isNotEqualTo("three").isNotEqualTo(null);
    assertThat(three.toString())
        .isEqualTo(
            "Everything[flag=true, small=1, medium=2, letter=c, number=3, large=4, real=NaN,"
                + " precise=-0.0, text=null, array=null, list=[l]]");
    assertThat(call("nothing"))
        .isEqualTo(call("nothing"))
        .hasToString("Nothing[]")
        .hasSameHashCodeAs(call("nothing"));
  }

  @Test
  void recordsHaveTheHashCodeOfJava17() throws Exception {
    int hash = 0;
    for (Object component :
        new Object[] {true, (byte) 1, (short) 2, 'c', 3, 4L, Float.NaN, -0.0, null, null}) {
      hash = hash * 31 + (component == null ? 0 : component.hashCode());
    }
    assertThat(everything(3).hashCode()).isEqualTo(hash * 31 + List.of("l").hashCode());
  }

  @Test
  void rejectsApisThatJava8Lacks() throws Exception {
    List<byte[]> classes = Compiled.of("Hexadecimal", folder.resolve("hexadecimal"));
    assertThatThrownBy(() -> Java8Edition.of(classes, false))
        .hasMessageContaining("java.util.HexFormat.formatHex(byte[])")
        .hasMessageContaining("java.io.InputStream.readNBytes(int)")
        .hasMessageContaining("String.translateEscapes()");
  }

  @Test
  void rejectsConcatenationsThatTheJvmLinks() throws Exception {
    List<byte[]> classes = Compiled.of("Concatenation", folder.resolve("concatenation"));
    assertThatThrownBy(() -> Java8Edition.of(classes, false))
        .hasMessageContaining("-XDstringConcat=inline");
  }

  @Test
  void layerNeedsNothingNewerThanJava8() {
    assertThat(Java8Edition.of(List.of(), true)).containsKey("io/osspost/java8/ListMethods");
  }

  private static Object call(String method) throws ReflectiveOperationException {
    return shapes.getMethod(method).invoke(null);
  }

  private static Object everything(int number) throws ReflectiveOperationException {
    return shapes.getMethod("everything", int.class).invoke(null, number);
  }
}
