package io.osspost.emulator.internal.post;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osspost.emulator.internal.post.MultipartException.Fault;
import io.osspost.emulator.rules.EmulatorRules;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MultipartReaderTest {
  private static final String BOUNDARY = "----WebKitFormBoundaryABC";
  private static final String DELIMITER = "\r\n--" + BOUNDARY;

  @Test
  void readsFieldsAndFileInOrder() throws Exception {
    MultipartReader reader =
        reader(
            "--"
                + BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\na/b.png"
                + DELIMITER
                + "\r\ncontent-disposition:form-data;name=\"file\";filename=\"字 \\\"1\\\".png\"\r\n"
                + "Content-Type: image/png\r\nContent-Transfer-Encoding: binary\r\n\r\nPNG"
                + DELIMITER
                + "--\r\n");
    Part key = reader.next();
    assertThat(key.name()).isEqualTo("key");
    assertThat(key.filename()).isNull();
    assertThat(content(reader)).isEqualTo("a/b.png");
    Part file = reader.next();
    assertThat(file.name()).isEqualTo("file");
    assertThat(file.filename()).isEqualTo("字 \"1\".png");
    assertThat(file.contentType()).isEqualTo("image/png");
    assertThat(file.otherHeaders()).isEmpty();
    assertThat(content(reader)).isEqualTo("PNG");
    assertThat(reader.next()).isNull();
  }

  @Test
  void preambleEpilogueAndPaddingAreSkipped() throws Exception {
    MultipartReader reader =
        reader(
            "This is the preamble.\r\n--"
                + BOUNDARY
                + " \t\r\n"
                + "Content-Disposition: form-data; name=\"a\"\r\n\r\n1"
                + DELIMITER
                + "--\r\nepilogue\r\n--"
                + BOUNDARY
                + "\r\nnot a part");
    assertThat(reader.next().name()).isEqualTo("a");
    assertThat(content(reader)).isEqualTo("1");
    assertThat(reader.next()).isNull();
    reader.skipRest();
  }

  @Test
  void contentThatIsNotCopiedIsSkipped() throws Exception {
    MultipartReader reader = reader(part("a", "1") + part("b", "2") + "--" + BOUNDARY + "--");
    assertThat(reader.next().name()).isEqualTo("a");
    assertThat(reader.next().name()).isEqualTo("b");
    assertThat(reader.next()).isNull();
  }

  @Test
  void emptyContentIsEmpty() throws Exception {
    MultipartReader reader = reader(part("a", "") + "--" + BOUNDARY + "--");
    reader.next();
    assertThat(content(reader)).isEmpty();
  }

  @Test
  void lookAlikesOfTheBoundaryAreContent() throws Exception {
    String tricky =
        "x"
            + DELIMITER
            + "Z\r\n"
            + DELIMITER
            + "-\r\n--"
            + BOUNDARY.substring(1)
            + "\r\r\n--\r\n"
            + DELIMITER.substring(0, 10)
            + DELIMITER
            + "   x";
    MultipartReader reader = reader(part("file", tricky) + "--" + BOUNDARY + "--");
    reader.next();
    assertThat(content(reader)).isEqualTo(tricky);
  }

  @Test
  void boundaryIsFoundAcrossBuffers() throws Exception {
    String head = part("file", "");
    int start = 2 + head.length() - 2;
    byte[] noise = new byte[2 * MultipartReader.BUFFER + 300];
    new Random(42).nextBytes(noise);
    for (int split = -5; split <= DELIMITER.length() + 80; split++) {
      for (int buffers = 1; buffers <= 2; buffers++) {
        int size = buffers * MultipartReader.BUFFER - start - split;
        byte[] content = Arrays.copyOf(noise, size);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(head.substring(0, head.length() - 2).getBytes(UTF_8));
        body.writeBytes(content);
        body.writeBytes((DELIMITER + "\r\n").getBytes(UTF_8));
        body.writeBytes(part("after", "1").substring(BOUNDARY.length() + 4).getBytes(UTF_8));
        body.writeBytes(("--" + BOUNDARY + "--").getBytes(UTF_8));
        MultipartReader reader =
            new MultipartReader(
                new ByteArrayInputStream(body.toByteArray()), BOUNDARY, EmulatorRules.standard());
        reader.next();
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        reader.copyContent(copy);
        assertThat(Arrays.equals(copy.toByteArray(), content)).as("split %s", split).isTrue();
        assertThat(reader.next().name()).isEqualTo("after");
        assertThat(reader.next()).isNull();
      }
    }
  }

  @Test
  void bodyCutOffAnywhereIsNoticed() throws Exception {
    String whole = part("key", "a") + part("file", "content") + "--" + BOUNDARY + "--";
    for (int length = 0; length < whole.length(); length++) {
      MultipartReader reader = reader(whole.substring(0, length));
      assertThatThrownBy(() -> readAll(reader))
          .as("first %s bytes", length)
          .isInstanceOfSatisfying(
              MultipartException.class, e -> assertThat(e.fault()).isEqualTo(Fault.CUT_OFF));
    }
    readAll(reader(whole));
  }

  @Test
  void partWithoutNameIsRefused() {
    for (String head :
        new String[] {
          "Content-Type: text/plain",
          "Content-Disposition: form-data",
          "Content-Disposition: form-data; name=\"\"",
          "Content-Disposition: attachment; name=\"a\""
        }) {
      assertThatThrownBy(
              () -> reader("--" + BOUNDARY + "\r\n" + head + "\r\n\r\n" + DELIMITER + "--").next())
          .isInstanceOfSatisfying(
              MultipartException.class, e -> assertThat(e.fault()).isEqualTo(Fault.NO_NAME));
    }
  }

  @Test
  void endlessHeadIsRefused() {
    assertThatThrownBy(() -> reader("--" + BOUNDARY + "\r\n" + "a: b\r\n".repeat(100_000)).next())
        .isInstanceOfSatisfying(
            MultipartException.class, e -> assertThat(e.fault()).isEqualTo(Fault.HEAD_TOO_LONG));
  }

  private static void readAll(MultipartReader reader) throws Exception {
    while (reader.next() != null) {
      reader.copyContent(OutputStream.nullOutputStream());
    }
  }

  private static String content(MultipartReader reader) throws IOException, MultipartException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    reader.copyContent(content);
    return content.toString(UTF_8);
  }

  private static String part(String name, String content) {
    return "--"
        + BOUNDARY
        + "\r\nContent-Disposition: form-data; name=\""
        + name
        + "\"\r\n\r\n"
        + content
        + "\r\n";
  }

  private static MultipartReader reader(String body) {
    return new MultipartReader(
        new ByteArrayInputStream(body.getBytes(UTF_8)), BOUNDARY, EmulatorRules.standard());
  }
}
