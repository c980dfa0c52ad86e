package io.osspost.ticket;

import java.util.regex.Pattern;

/** A property of an upload that OSS can put into the body of its callback. Immutable. */
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

  /** The image's width in pixels. For a broken image the callback fails. */
  public static final CallbackVariable IMAGE_WIDTH = new CallbackVariable("imageInfo.width");

  /** The image's height in pixels. For a broken image the callback fails. */
  public static final CallbackVariable IMAGE_HEIGHT = new CallbackVariable("imageInfo.height");

  /** The image's format, such as {@code jpg}. For a broken image the callback fails. */
  public static final CallbackVariable IMAGE_FORMAT = new CallbackVariable("imageInfo.format");

  /** The object's CRC-64, in decimal digits. */
  public static final CallbackVariable CRC64 = new CallbackVariable("crc64");

  /** The object's MD5, which only uploads in one request have. */
  public static final CallbackVariable CONTENT_MD5 = new CallbackVariable("contentMd5");

  /** The network of an upload from inside Alibaba Cloud. */
  public static final CallbackVariable VPC_ID = new CallbackVariable("vpcId");

  /** The address of the client that uploaded. */
  public static final CallbackVariable CLIENT_IP = new CallbackVariable("clientIp");

  /** The request id of the upload. */
  public static final CallbackVariable REQUEST_ID = new CallbackVariable("reqId");

  /** The operation, such as {@code PostObject}. */
  public static final CallbackVariable OPERATION = new CallbackVariable("operation");

  private final String name;

  private CallbackVariable(String name) {
    this.name = name;
  }

  /**
   * Returns the variable of a custom form field. The client chooses its value, unless the policy
   * pins the field.
   *
   * @param name {@code x:} and lower-case letters, digits, {@code _ . -}
   * @return the variable
   * @throws IllegalArgumentException if OSS does not accept that name
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

  /** {@return OSS's name of the variable, such as {@code mimeType} or {@code x:order}} */
  public String name() {
    return name;
  }

  /** Returns the variable as it is written in a body's template. */
  @Override
  public String toString() {
    return "${" + name + "}";
  }
}
