package io.osspost.emulator.internal.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads images that the JDK wrote. */
class ImageInfoTest {

  @ParameterizedTest
  @CsvSource({"png, png", "jpg, jpg", "gif, gif"})
  void readsWidthHeightAndFormat(String written, String format) throws IOException {
    byte[] image = image(written);
    assertThat(ImageInfo.read(new ByteArrayInputStream(image)))
        .contains(new ImageInfo(300, 7, format));
  }

  @Test
  void frameOfAJpegMayComeLate() throws IOException {
    String exif = "ffe1fffe" + "00".repeat(0xfffc);
    String frame = "ffc4000400ff" + "ffffc2000b08001002000100";
    assertThat(read("ffd8" + exif + exif + frame)).contains(new ImageInfo(512, 16, "jpg"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ff", "68656c6c6f20776f726c64", "424d00000000", "474946383800"})
  void otherContentIsNoImage(String hex) throws IOException {
    assertThat(read(hex)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "89504e470d0a1a0a",
        "89504e470d0a1a0a0000000d49444154",
        "4749463839610a",
        "ffd8ffe0",
        "ffd8ffe00001",
        "ffd8ffd9",
        "ffd8ffda0002",
        "ffd8ffe0000200"
      })
  void brokenImageIsAnError(String hex) {
    assertThatThrownBy(() -> read(hex)).isInstanceOf(IOException.class);
  }

  @Test
  void everyCutOfAnImageIsAnErrorOrComplete() throws IOException {
    byte[] image = image("jpg");
    for (int length = 3; length < image.length; length++) {
      byte[] cut = Arrays.copyOf(image, length);
      try {
        assertThat(ImageInfo.read(new ByteArrayInputStream(cut)))
            .contains(new ImageInfo(300, 7, "jpg"));
      } catch (IOException e) {
        assertThat(length).isLessThan(700);
      }
    }
  }

  private static Optional<ImageInfo> read(String hex) throws IOException {
    return ImageInfo.read(new ByteArrayInputStream(HexFormat.of().parseHex(hex)));
  }

  private static byte[] image(String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(300, 7, BufferedImage.TYPE_INT_RGB), format, out);
    return out.toByteArray();
  }
}
