package io.osspost.emulator.http;

/** Writes the XML documents of OSS: a root, members with text, and no namespace. */
public final class Xml {
  private static final String PROLOG = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

  private final StringBuilder text = new StringBuilder(PROLOG);
  private final String root;

  private Xml(String root) {
    this.root = root;
    text.append('<').append(root).append(">\n");
  }

  public static Xml root(String name) {
    return new Xml(name);
  }

  /** The document of a root that holds text and no members. */
  public static String text(String root, String text) {
    String document = new Xml(root).append(text).end();
    return document.replace("<" + root + ">\n", "<" + root + ">");
  }

  /** Opens a member with members of its own. */
  public Xml open(String name) {
    text.append("  <").append(name).append(">\n");
    return this;
  }

  public Xml close(String name) {
    text.append("  </").append(name).append(">\n");
    return this;
  }

  public Xml member(String name, String value) {
    text.append("  <").append(name).append('>');
    append(value);
    text.append("</").append(name).append(">\n");
    return this;
  }

  /** The whole document. */
  public String end() {
    return text + "</" + root + ">\n";
  }

  private Xml append(String value) {
    value.codePoints().forEach(this::escape);
    return this;
  }

  private void escape(int character) {
    switch (character) {
      case '&' -> text.append("&amp;");
      case '<' -> text.append("&lt;");
      case '>' -> text.append("&gt;");
      default -> text.appendCodePoint(isAllowed(character) ? character : 0xFFFD);
    }
  }

  /** Whether XML 1.0 can say this character at all. */
  private static boolean isAllowed(int character) {
    return character == '\t'
        || character == '\n'
        || character == '\r'
        || (character >= 0x20 && character < 0xD800)
        || (character > 0xDFFF && character != 0xFFFE && character != 0xFFFF);
  }
}
