package io.osspost.ticket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.wire.AsciiSet;
import io.osspost.wire.JsonText;
import io.osspost.wire.PercentEncoding;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The form field {@code callback}: whom OSS shall tell of an upload, and what. Immutable.
 *
 * <p>Pin its value in the policy, else an uploader can leave it out or turn it elsewhere.
 */
public final class CallbackParameter {
  /** The name of the body's member that carries the ticket. */
  public static final String TICKET = "ticket";

  private static final int MAX_URLS = 5;
  private static final int MAX_CHARS = 5 * 1024;

  /** The members that the callback receiver reads. */
  private static final List<CallbackVariable> OF_UPLOADS =
      List.of(
          CallbackVariable.BUCKET,
          CallbackVariable.OBJECT,
          CallbackVariable.SIZE,
          CallbackVariable.MIME_TYPE,
          CallbackVariable.ETAG,
          CallbackVariable.CRC64,
          CallbackVariable.REQUEST_ID);

  private static final AsciiSet TICKET_ALPHABET = AsciiSet.of(AsciiSet.ALPHANUMERIC + "-_");
  private static final String TICKET_GOES_HERE = "TICKET";

  private final List<URI> urls;
  private final String withoutTicket;

  /** Base64 of everything before the ticket, up to a whole group, which no ticket changes. */
  private final String beginning;

  private final byte[] beforeTicket;
  private final byte[] afterTicket;

  private CallbackParameter(Builder builder) {
    this.urls = List.copyOf(builder.urls);
    this.withoutTicket = requireShort(encode(json(builder, builder.members)));
    Map<String, Value> all = new LinkedHashMap<>(builder.members);
    all.put(TICKET, new Literal(TICKET_GOES_HERE));
    String json = json(builder, all);
    int ticket = json.lastIndexOf(TICKET_GOES_HERE);
    byte[] before = json.substring(0, ticket).getBytes(UTF_8);
    int wholeTriples = before.length - before.length % 3;
    this.beginning = Base64.getEncoder().encodeToString(Arrays.copyOf(before, wholeTriples));
    this.beforeTicket = Arrays.copyOfRange(before, wholeTriples, before.length);
    this.afterTicket = json.substring(ticket + TICKET_GOES_HERE.length()).getBytes(UTF_8);
  }

  /**
   * Starts a callback that tells nothing yet.
   *
   * @param url where OSS calls: {@code http} or {@code https}, with a host; may have path and query
   * @return a builder without members
   * @throws IllegalArgumentException when OSS cannot call {@code url}
   */
  public static Builder builder(URI url) {
    return new Builder(url);
  }

  /** {@return the field's value without a ticket: JSON in Base64} */
  public String value() {
    return withoutTicket;
  }

  /**
   * {@return the field's value for one grant, whose ticket becomes the last member of the body}
   *
   * @param ticket what {@link UploadTickets#issue} wrote for that grant
   * @throws IllegalArgumentException when {@code ticket} is not from {@link UploadTickets}
   */
  public String value(String ticket) {
    if (!isTicket(ticket)) {
      throw new IllegalArgumentException(
          "This is not a ticket: it has other characters than letters, digits, '-' and '_', or too"
              + " many. Hand over what UploadTickets issued.");
    }
    byte[] text = ticket.getBytes(ISO_8859_1); // needs no escape in JSON, nor in a form
    ByteBuffer rest =
        ByteBuffer.allocate(beforeTicket.length + text.length + afterTicket.length)
            .put(beforeTicket)
            .put(text)
            .put(afterTicket);
    return requireShort(beginning + Base64.getEncoder().encodeToString(rest.array()));
  }

  private static boolean isTicket(String text) {
    return !text.isEmpty()
        && text.length() <= UploadTickets.MAX_CHARS
        && TICKET_ALPHABET.hasAll(text);
  }

  private static String json(Builder builder, Map<String, Value> body) {
    JsonText json = new JsonText().openObject();
    json.member(
        "callbackUrl", builder.urls.stream().map(URI::toString).collect(Collectors.joining(";")));
    if (builder.host != null) {
      json.member("callbackHost", builder.host);
    }
    json.member("callbackBody", template(builder.bodyType, body));
    json.member("callbackBodyType", builder.bodyType.mediaType());
    if (builder.urls.stream().anyMatch(url -> url.getScheme().equals("https"))) {
      json.member("callbackSNI", true);
    }
    return new String(json.closeObject().toBytes(), UTF_8);
  }

  private static String template(CallbackBodyType type, Map<String, Value> body) {
    return switch (type) {
      case JSON ->
          body.entrySet().stream()
              .map(member -> "\"" + member.getKey() + "\":" + member.getValue().writtenAs(type))
              .collect(Collectors.joining(",", "{", "}"));
      case FORM ->
          body.entrySet().stream()
              .map(
                  member ->
                      PercentEncoding.component(member.getKey())
                          + "="
                          + member.getValue().writtenAs(type))
              .collect(Collectors.joining("&"));
    };
  }

  private static String encode(String json) {
    return Base64.getEncoder().encodeToString(json.getBytes(UTF_8));
  }

  private static String requireShort(String value) {
    if (value.length() > MAX_CHARS) {
      throw new IllegalArgumentException(
          "The callback has up to "
              + value.length()
              + " characters, but OSS takes "
              + MAX_CHARS
              + ". Leave out some URLs or members, or shorten them.");
    }
    return value;
  }

  /** Names where OSS calls, never the ticket. */
  @Override
  public String toString() {
    return "CallbackParameter" + urls;
  }

  /** A value of the body, as OSS's template language writes it. */
  private sealed interface Value {
    String writtenAs(CallbackBodyType type);
  }

  /** OSS encodes what it puts in, and quotes it where the body is JSON. */
  private record Placeholder(CallbackVariable variable) implements Value {
    @Override
    public String writtenAs(CallbackBodyType type) {
      return variable.toString();
    }
  }

  /** A text that stays as it is, also where it looks like a variable. */
  private record Literal(String text) implements Value {
    @Override
    public String writtenAs(CallbackBodyType type) {
      return switch (type) {
        case JSON ->
            new String(new JsonText().value(text).toBytes(), UTF_8).replace("$", "\\u0024");
        case FORM -> PercentEncoding.component(text);
      };
    }
  }

  /** Collects what OSS shall tell, in the order it is added. Not thread-safe. */
  public static final class Builder {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]+(:[0-9]{1,5})?");
    private static final Pattern MEMBER = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");

    private final List<URI> urls = new ArrayList<>();
    private final Map<String, Value> members = new LinkedHashMap<>();
    private @Nullable String host;
    private CallbackBodyType bodyType = CallbackBodyType.JSON;
    private int longestTicket = 0;

    private Builder(URI url) {
      orElse(url);
    }

    /**
     * A further URL, tried when those before it do not answer as they should; at most 5 in all.
     *
     * @param url as the first one
     * @return this builder
     */
    public Builder orElse(URI url) {
      requireUrl(url);
      if (urls.size() == MAX_URLS) {
        throw new IllegalArgumentException(
            "OSS tries at most " + MAX_URLS + " URLs. Leave out '" + url + "'.");
      }
      urls.add(url);
      return this;
    }

    /**
     * What OSS sends as header {@code Host}; the host of the URL unless set.
     *
     * @param host a name or IPv4 address, and perhaps a port
     * @return this builder
     */
    public Builder host(String host) {
      if (!HOST.matcher(host).matches()) {
        throw new IllegalArgumentException(
            "'" + host + "' is not a host. Write a name and perhaps a port, like 'example.com'.");
      }
      this.host = host;
      return this;
    }

    /**
     * How OSS writes the body; JSON unless set.
     *
     * @param type the format, which is also the callback's {@code Content-Type}
     * @return this builder
     */
    public Builder bodyType(CallbackBodyType type) {
      this.bodyType = Objects.requireNonNull(type, "type");
      return this;
    }

    /**
     * Adds the members that the callback receiver reads of every upload, and leaves room for the
     * ticket.
     *
     * @return this builder
     */
    public Builder reportUploads() {
      OF_UPLOADS.forEach(this::member);
      longestTicket = UploadTickets.MAX_CHARS;
      return this;
    }

    /**
     * Tells {@code variable} under its own name.
     *
     * @param variable what to tell
     * @return this builder
     */
    public Builder member(CallbackVariable variable) {
      return member(variable.name(), variable);
    }

    /**
     * Tells {@code variable} under another name.
     *
     * @param name the member's: 1 to 64 letters, digits and {@code _ . : -}, once per body
     * @param variable what to tell
     * @return this builder
     */
    public Builder member(String name, CallbackVariable variable) {
      return add(name, new Placeholder(variable));
    }

    /**
     * Tells a text of yours, the same with every upload.
     *
     * @param name the member's: 1 to 64 letters, digits and {@code _ . : -}, once per body
     * @param text told as it stands, also where it looks like a variable
     * @return this builder
     */
    public Builder member(String name, String text) {
      return add(name, new Literal(text));
    }

    /**
     * Builds the parameter.
     *
     * @return the parameter, without a ticket
     * @throws IllegalArgumentException when it tells nothing, or is longer than OSS takes
     */
    public CallbackParameter build() {
      if (members.isEmpty()) {
        throw new IllegalArgumentException(
            "The callback's body is empty, which OSS refuses. Add a member.");
      }
      CallbackParameter parameter = new CallbackParameter(this);
      if (longestTicket > 0) {
        parameter.value("x".repeat(longestTicket)); // refuses what leaves no room for it
      }
      return parameter;
    }

    private Builder add(String name, Value value) {
      if (!MEMBER.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "'" + name + "' is not a member's name. Write 1 to 64 letters, digits and '_ . : -'.");
      }
      if (name.equals(TICKET)) {
        throw new IllegalArgumentException(
            "Member 'ticket' is added with the ticket itself. Choose another name.");
      }
      if (members.putIfAbsent(name, value) != null) {
        throw new IllegalArgumentException("There are two members '" + name + "'. Rename one.");
      }
      return this;
    }

    private static void requireUrl(URI url) {
      String scheme = url.getScheme();
      boolean plain =
          scheme != null
              && scheme.matches("https?")
              && url.getHost() != null
              && url.getRawUserInfo() == null
              && url.getRawFragment() == null
              && url.getPort() <= 65535;
      if (!plain) {
        throw new IllegalArgumentException(
            "OSS cannot call '"
                + url
                + "'. Write an http or https URL with a host, without user and fragment.");
      }
      if (url.getHost().startsWith("[")) {
        throw new IllegalArgumentException(
            "OSS does not call IPv6 addresses such as '"
                + url
                + "'. Write a name or IPv4 address.");
      }
      if (!url.toString().matches("[!-~&&[^;]]+")) {
        throw new IllegalArgumentException(
            "'" + url + "' holds a ';' or more than ASCII. Percent-encode it.");
      }
    }
  }
}
