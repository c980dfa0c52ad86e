package io.osspost.wire;

/** Writes URLs for messages and logs, without a password that someone wrote into them. */
public final class UrlText {
  private UrlText() {}

  /**
   * {@return the URL, in which three asterisks replace the user and the password}
   *
   * @param url a URL, or a text that should have been one
   */
  public static String of(Object url) {
    return String.valueOf(url).replaceFirst("//[^/]*@", "//***@");
  }
}
