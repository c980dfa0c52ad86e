package io.osspost.ticket;

/** The format in which OSS writes the body of a callback. */
public enum CallbackBodyType {
  /** A JSON object. No filter reads it as parameters. */
  JSON("application/json"),
  /** Name and value pairs, as a form sends them. */
  FORM("application/x-www-form-urlencoded");

  private final String mediaType;

  CallbackBodyType(String mediaType) {
    this.mediaType = mediaType;
  }

  /** {@return the {@code Content-Type} of the callback} */
  public String mediaType() {
    return mediaType;
  }
}
