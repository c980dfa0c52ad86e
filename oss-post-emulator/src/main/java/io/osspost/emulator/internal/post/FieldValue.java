package io.osspost.emulator.internal.post;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.emulator.internal.protocol.OssError;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** Collects the value of one field, up to OSS's maximum length. */
final class FieldValue extends OutputStream {
  private final String field;
  private final int longest;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  FieldValue(String field, int longest) {
    this.field = field;
    this.longest = longest;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] more, int offset, int length) {
    if (bytes.size() + length > longest) {
      // The message is OSS's own wording.
      throw OssError.of(400, "FieldItemTooLong", "Your value of form field is too long.")
          .ec("0006-00000111")
          .because("the value of '" + field + "' exceeds " + longest + " bytes");
    }
    bytes.write(more, offset, length);
  }

  int size() {
    return bytes.size();
  }

  /** Returns the value, which must be UTF-8. */
  String text() {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
    } catch (CharacterCodingException e) {
      OssError error =
          field.equalsIgnoreCase("key")
              ? PostErrors.invalidObjectName().ec("0016-00000004")
              : OssError.invalidArgument("A field of the bucket POST is not UTF-8.", field, "");
      throw error.because("the value of '" + field + "' is not UTF-8");
    }
  }
}
