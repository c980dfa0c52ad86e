package io.osspost.ticket;

import java.util.regex.Pattern;

/** What OSS knows about an upload and can put into the body of its callback. Immutable. */
public final class CallbackVariable {
  private static final Pattern CUSTOM = Pattern.compile("x:[a-z0-9][a-z0-9_.-]{0,63}");

  /** The bucket's name. */
  public static final CallbackVariable BUCKET = new CallbackVariable("bucket");

  /** The object's full name. */
  public static final CallbackVariable OBJECT = new CallbackVariable("object");

  /** The object's entity tag, without quotes. */
  public static final CallbackVariable ETAG = new CallbackVariable("etag");

  /** The object's size in bytes. */
  public static final CallbackVariable SIZE = new CallbackVariable("size");

  /** The media type OSS stored. */
  public static final CallbackVariable MIME_TYPE = new CallbackVariable("mimeType");

  /** In pixels; asking for it of a broken image makes the callback fail. */
  public static final CallbackVariable IMAGE_WIDTH = new CallbackVariable("imageInfo.width");

  /** In pixels; asking for it of a broken image makes the callback fail. */
  public static final CallbackVariable IMAGE_HEIGHT = new CallbackVariable("imageInfo.height");

  /** Such as {@code jpg}; asking for it of a broken image makes the callback fail. */
  public static final CallbackVariable IMAGE_FORMAT = new CallbackVariable("imageInfo.format");

  /** The object's CRC-64, in decimal digits. */
  public static final CallbackVariable CRC64 = new CallbackVariable("crc64");

  /** The object's MD5; OSS knows it of uploads in one request only. */
  public static final CallbackVariable CONTENT_MD5 = new CallbackVariable("contentMd5");

  /** The network an upload came from inside Alibaba Cloud. */
  public static final CallbackVariable VPC_ID = new CallbackVariable("vpcId");

  /** The address of the client that uploaded. */
  public static final CallbackVariable CLIENT_IP = new CallbackVariable("clientIp");

  /** The upload's own request id. */
  public static final CallbackVariable REQUEST_ID = new CallbackVariable("reqId");

  /** The operation, such as {@code PostObject}. */
  public static final CallbackVariable OPERATION = new CallbackVariable("operation");

  private final String name;

  private CallbackVariable(String name) {
    this.name = name;
  }

  /**
   * What the form carries in a field of that name. The client chooses it, unless the policy pins
   * the field.
   *
   * @param name {@code x:} and lower-case letters, digits, {@code _ . -}
   * @return the variable
   * @throws IllegalArgumentException when OSS does not take that name
   */
  public static CallbackVariable custom(String name) {
    if (!CUSTOM.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' is not a custom variable. Write 'x:' and lower-case letters or digits, like"
              + " 'x:order'.");
    }
    return new CallbackVariable(name);
  }

  /** {@return the name OSS knows it by, such as {@code mimeType} or {@code x:order}} */
  public String name() {
    return name;
  }

  /** The variable as it stands in a body's template. */
  @Override
  public String toString() {
    return "${" + name + "}";
  }
}
