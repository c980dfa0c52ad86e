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
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The form field {@code callback}: the address that OSS calls after an upload, and the body that it
 * sends. Immutable.
 *
 * <p>Pin its value in the policy. Otherwise the client can omit it or change the address.
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

  /** The members that images have besides. */
  private static final List<CallbackVariable> OF_IMAGES =
      List.of(
          CallbackVariable.IMAGE_WIDTH,
          CallbackVariable.IMAGE_HEIGHT,
          CallbackVariable.IMAGE_FORMAT);

  private final List<URI> urls;
  private final Map<String, Value> members;
  private final @Nullable String host;
  private final CallbackBodyType bodyType;
  private final int longestTicket;
  private final String withoutTicket;

  /**
   * Base64 of the text before the ticket, in whole groups of 3 bytes. It is the same for all
   * tickets.
   */
  private final String beginning;

  private final byte[] beforeTicket;
  private final byte[] afterTicket;

  private CallbackParameter(Builder builder) {
    this.urls = List.copyOf(builder.urls);
    this.members = new LinkedHashMap<>(builder.members);
    this.host = builder.host;
    this.bodyType = builder.bodyType;
    this.longestTicket = builder.longestTicket;
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
   * Returns a builder of a callback with an empty body.
   *
   * @param url the address that OSS calls: {@code http} or {@code https}, with a host; may have
   *     path and query
   * @return a builder without members
   * @throws IllegalArgumentException if OSS cannot call {@code url}
   */
  public static Builder builder(URI url) {
    return new Builder(url);
  }

  /**
   * {@return the same callback, whose body also has the width, height and format of images}
   *
   * @throws IllegalArgumentException if it is then longer than OSS accepts
   */
  public CallbackParameter imageInfo() {
    Builder builder = new Builder(urls.get(0));
    urls.stream().skip(1).forEach(builder::orElse);
    builder.host = host;
    builder.bodyType = bodyType;
    builder.longestTicket = longestTicket;
    builder.members.putAll(members);
    for (CallbackVariable variable : OF_IMAGES) {
      builder.members.putIfAbsent(variable.name(), new Placeholder(variable));
    }
    return builder.build();
  }

  /** {@return the field's value without a ticket: JSON in Base64} */
  public String value() {
    return withoutTicket;
  }

  /**
   * {@return the field's value for one grant, whose ticket becomes the last member of the body}
   *
   * @param ticket a ticket that {@link UploadTickets#issue} returned
   * @throws IllegalArgumentException if {@code ticket} is not from {@link UploadTickets}
   */
  public String value(String ticket) {
    if (!isTicket(ticket)) {
      throw new IllegalArgumentException(
          "This is not a ticket: it has invalid characters, or too many. Pass a ticket that "
              + "UploadTickets issued.");
    }
    byte[] text =
        ticket.getBytes(ISO_8859_1); // A ticket needs no escaping, neither in JSON nor in a form.
    ByteBuffer rest =
        ByteBuffer.allocate(beforeTicket.length + text.length + afterTicket.length)
            .put(beforeTicket)
            .put(text)
            .put(afterTicket);
    return requireShort(beginning + Base64.getEncoder().encodeToString(rest.array()));
  }

  /**
   * The callback of one grant, in the parts that SDKs take.
   *
   * @param value the header {@code x-oss-callback}: JSON in Base64
   * @param url the URLs, separated by semicolons
   * @param host the header {@code Host}, if it is not that of the URL
   * @param body the template of the body, with the ticket in it
   * @param bodyType the type of the body
   * @param sni whether OSS sends the host's name when it opens a connection with TLS
   */
  public record Parts(
      String value, String url, Optional<String> host, String body, String bodyType, boolean sni) {
    /** Returns the URLs, never the ticket. */
    @Override
    public String toString() {
      return "Parts[" + url + "]";
    }
  }

  /**
   * {@return the callback for one grant, for SDKs that encode it themselves}
   *
   * @param ticket a ticket that {@link UploadTickets#issue} returned
   * @throws IllegalArgumentException if {@code ticket} is not from {@link UploadTickets}
   */
  public Parts parts(String ticket) {
    String value = value(ticket);
    Map<String, Value> all = new LinkedHashMap<>(members);
    all.put(TICKET, new Literal(ticket));
    return new Parts(
        value,
        joined(urls),
        Optional.ofNullable(host),
        template(bodyType, all),
        bodyType.mediaType(),
        needsSni(urls));
  }

  private static boolean needsSni(List<URI> urls) {
    return urls.stream().anyMatch(url -> url.getScheme().equals("https"));
  }

  private static String joined(List<URI> urls) {
    return urls.stream().map(URI::toString).collect(Collectors.joining(";"));
  }

  private static boolean isTicket(String text) {
    return !text.isEmpty() && text.length() <= SealedText.MAX_CHARS && TICKET_ALPHABET.hasAll(text);
  }

  private static String json(Builder builder, Map<String, Value> body) {
    JsonText json = new JsonText().openObject();
    json.member("callbackUrl", joined(builder.urls));
    if (builder.host != null) {
      json.member("callbackHost", builder.host);
    }
    json.member("callbackBody", template(builder.bodyType, body));
    json.member("callbackBodyType", builder.bodyType.mediaType());
    if (needsSni(builder.urls)) {
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
          "The callback parameter can have "
              + value.length()
              + " characters, but OSS accepts at most "
              + MAX_CHARS
              + ". Remove some URLs or members, or shorten them.");
    }
    return value;
  }

  /** Returns the address, never the ticket. */
  @Override
  public String toString() {
    return "CallbackParameter" + urls;
  }

  /** A value of the body, as OSS's template language writes it. */
  private sealed interface Value {
    String writtenAs(CallbackBodyType type);
  }

  /** OSS encodes the value, and quotes it if the body is JSON. */
  private record Placeholder(CallbackVariable variable) implements Value {
    @Override
    public String writtenAs(CallbackBodyType type) {
      return variable.toString();
    }
  }

  /** A constant text, even if it looks like a variable. */
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

  /** Collects the members of the body, in order. Not thread-safe. */
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
     * Adds another URL, which OSS tries if the earlier ones return no valid response; at most 5 in
     * all.
     *
     * @param url like the first one
     * @return this builder
     */
    public Builder orElse(URI url) {
      requireUrl(url);
      if (urls.size() == MAX_URLS) {
        throw new IllegalArgumentException(
            "OSS tries at most " + MAX_URLS + " URLs. Remove '" + url + "'.");
      }
      urls.add(url);
      return this;
    }

    /**
     * Sets the header {@code Host} of the callback. Defaults to the host of the URL.
     *
     * @param host a name or IPv4 address, optionally with a port
     * @return this builder
     */
    public Builder host(String host) {
      if (!HOST.matcher(host).matches()) {
        throw new IllegalArgumentException(
            "'"
                + host
                + "' is not a host. Write a name, optionally with a port, like"
                + " 'example.com'.");
      }
      this.host = host;
      return this;
    }

    /**
     * Sets the format of the body. Defaults to JSON.
     *
     * @param type the format, which is also the callback's {@code Content-Type}
     * @return this builder
     */
    public Builder bodyType(CallbackBodyType type) {
      this.bodyType = Objects.requireNonNull(type, "type");
      return this;
    }

    /**
     * Adds the members that the callback receiver needs, and reserves space for the ticket.
     *
     * @return this builder
     */
    public Builder reportUploads() {
      OF_UPLOADS.forEach(this::member);
      longestTicket = SealedText.MAX_CHARS;
      return this;
    }

    /**
     * Adds a member with the value of {@code variable} and its name.
     *
     * @param variable the variable
     * @return this builder
     */
    public Builder member(CallbackVariable variable) {
      return member(variable.name(), variable);
    }

    /**
     * Adds a member with the value of {@code variable} and another name.
     *
     * @param name the member's name: 1 to 64 letters, digits and {@code _ . : -}, once per body
     * @param variable the variable
     * @return this builder
     */
    public Builder member(String name, CallbackVariable variable) {
      return add(name, new Placeholder(variable));
    }

    /**
     * Adds a member with a constant text, the same for every upload.
     *
     * @param name the member's name: 1 to 64 letters, digits and {@code _ . : -}, once per body
     * @param text the text, sent unchanged even if it looks like a variable
     * @return this builder
     */
    public Builder member(String name, String text) {
      return add(name, new Literal(text));
    }

    /**
     * Builds the parameter.
     *
     * @return the parameter, without a ticket
     * @throws IllegalArgumentException if it has no member, or is longer than OSS accepts
     */
    public CallbackParameter build() {
      if (members.isEmpty()) {
        throw new IllegalArgumentException(
            "The callback's body is empty, which OSS rejects. Add a member.");
      }
      CallbackParameter parameter = new CallbackParameter(this);
      if (longestTicket > 0) {
        parameter.value(
            "x".repeat(longestTicket)); // This rejects a body that leaves no space for a ticket.
      }
      return parameter;
    }

    private Builder add(String name, Value value) {
      if (!MEMBER.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "'" + name + "' is not a member's name. Write 1 to 64 letters, digits and '_ . : -'.");
      }
      if (name.equals(TICKET)) {
        throw new IllegalArgumentException("The name 'ticket' is reserved. Choose another name.");
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
            "'" + url + "' contains a ';' or a character outside ASCII. Percent-encode it.");
      }
    }
  }
}
