package io.osspost.emulator.internal.callback;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Size and format of a PNG, JPEG or GIF image, from its first bytes.
 *
 * @param format {@code png}, {@code jpg} or {@code gif}
 */
record ImageInfo(long width, long height, String format) {
  private static final byte[] PNG = HexFormat.of().parseHex("89504e470d0a1a0a");

  /**
   * Reads the head of an image.
   *
   * @return empty if the content has another format
   * @throws IOException if the image is broken
   */
  static Optional<ImageInfo> read(InputStream content) throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(content));
    in.mark(PNG.length);
    byte[] magic = in.readNBytes(PNG.length);
    in.reset();
    if (Arrays.equals(magic, PNG)) {
      return Optional.of(png(in));
    }
    if (startsWith(magic, "474946383761") || startsWith(magic, "474946383961")) {
      return Optional.of(gif(in));
    }
    return startsWith(magic, "ffd8ff") ? Optional.of(jpeg(in)) : Optional.empty();
  }

  private static ImageInfo png(DataInputStream in) throws IOException {
    in.skipNBytes(PNG.length + 4);
    if (in.readInt() != 0x49484452) {
      throw new IOException("A PNG must begin with its header");
    }
    long width = Integer.toUnsignedLong(in.readInt());
    return new ImageInfo(width, Integer.toUnsignedLong(in.readInt()), "png");
  }

  private static ImageInfo gif(DataInputStream in) throws IOException {
    in.skipNBytes(6);
    int width = Short.toUnsignedInt(Short.reverseBytes(in.readShort()));
    return new ImageInfo(width, Short.toUnsignedInt(Short.reverseBytes(in.readShort())), "gif");
  }

  /** Reads segment after segment up to the one that starts the frame. */
  private static ImageInfo jpeg(DataInputStream in) throws IOException {
    in.skipNBytes(2);
    while (true) {
      int marker = marker(in);
      if (marker == 0xD9 || marker == 0xDA) {
        throw new EOFException("The JPEG has no frame header");
      }
      if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7)) {
        continue;
      }
      int length = in.readUnsignedShort();
      if (length < 2) {
        throw new IOException("The JPEG has a segment of length " + length);
      }
      if (isFrameStart(marker)) {
        in.skipNBytes(1);
        int height = in.readUnsignedShort();
        return new ImageInfo(in.readUnsignedShort(), height, "jpg");
      }
      in.skipNBytes(length - 2L);
    }
  }

  private static int marker(DataInputStream in) throws IOException {
    if (in.readUnsignedByte() != 0xFF) {
      throw new IOException("The JPEG has no marker");
    }
    int marker = in.readUnsignedByte();
    while (marker == 0xFF) {
      marker = in.readUnsignedByte();
    }
    return marker;
  }

  /** SOF0 to SOF15, except three markers of other kinds. */
  private static boolean isFrameStart(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private static boolean startsWith(byte[] bytes, String hex) {
    byte[] prefix = HexFormat.of().parseHex(hex);
    return bytes.length >= prefix.length
        && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
  }
}
