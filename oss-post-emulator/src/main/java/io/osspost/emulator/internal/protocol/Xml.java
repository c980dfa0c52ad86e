package io.osspost.emulator.internal.protocol;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * Writes OSS's XML documents: a root, members with text, and no namespace. An empty member has no
 * white space either, which ali-oss would read as an element.
 */
public final class Xml {
  private static final String PROLOG = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  private static final String OWNER = "1000000000000000";

  private final StringBuilder text = new StringBuilder(PROLOG);
  private final String root;

  private Xml(String root) {
    this.root = root;
    text.append('<').append(root).append('>');
  }

  public static Xml root(String name) {
    return new Xml(name);
  }

  /** Returns a document whose root has text and no members. */
  public static String text(String root, String text) {
    return new Xml(root).append(text).end();
  }

  /** Opens a member with members of its own. */
  public Xml open(String name) {
    text.append("\n  <").append(name).append('>');
    return this;
  }

  public Xml close(String name) {
    boolean empty = text.lastIndexOf("<" + name + ">") == text.length() - name.length() - 2;
    text.append(empty ? "</" : "\n  </").append(name).append('>');
    return this;
  }

  public Xml member(String name, String value) {
    text.append("\n  <").append(name).append('>');
    append(value);
    text.append("</").append(name).append('>');
    return this;
  }

  /** Writes the member that names the only account. */
  public Xml owner() {
    return open("Owner").member("ID", OWNER).member("DisplayName", OWNER).close("Owner");
  }

  /** Formats a time as in documents; OSS's milliseconds are always 000. */
  public static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", ".000Z");
  }

  /** Writes members in order; those named {@code Outer/Inner} within one {@code Outer}. */
  Xml members(Map<String, String> members) {
    String open = "";
    for (Map.Entry<String, String> member : members.entrySet()) {
      int slash = member.getKey().indexOf('/');
      String outer = slash < 0 ? "" : member.getKey().substring(0, slash);
      if (!outer.equals(open)) {
        end(open);
        begin(outer);
        open = outer;
      }
      member(member.getKey().substring(slash + 1), member.getValue());
    }
    end(open);
    return this;
  }

  private void begin(String outer) {
    if (!outer.isEmpty()) {
      open(outer);
    }
  }

  private void end(String outer) {
    if (!outer.isEmpty()) {
      close(outer);
    }
  }

  /** Returns the whole document. */
  public String end() {
    boolean hasMembers = text.charAt(text.length() - 1) == '>' && text.indexOf("\n  <") > 0;
    return text + (hasMembers ? "\n</" : "</") + root + ">\n";
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

  /** Returns whether XML 1.0 allows this character. */
  private static boolean isAllowed(int character) {
    return character == '\t'
        || character == '\n'
        || character == '\r'
        || (character >= 0x20 && character < 0xD800)
        || (character > 0xDFFF && character != 0xFFFE && character != 0xFFFF);
  }
}
