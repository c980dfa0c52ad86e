package io.osspost;

import io.osspost.Ticketing.IssuedTicket;
import io.osspost.object.ObjectKey;
import io.osspost.sign.PresignedUrl;
import io.osspost.wire.JsonText;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The permission to put one object: the URL, and the headers to send with the file. OSS enforces
 * the object's name and type, and its size only if the profile signs the length. Immutable.
 */
public final class PutGrant {
  /** The header that every HTTP client writes itself. */
  static final String LENGTH = "Content-Length";

  private final ObjectKey key;
  private final PresignedUrl signed;
  private final Instant serverTime;
  private final Optional<IssuedTicket> issued;

  PutGrant(ObjectKey key, PresignedUrl signed, Instant serverTime, Optional<IssuedTicket> issued) {
    this.key = key;
    this.signed = signed;
    this.serverTime = serverTime;
    this.issued = issued;
  }

  /** {@return the URL to put the file to} */
  public URI url() {
    return signed.url();
  }

  /**
   * {@return the headers that the client must send. OSS rejects a missing header and an additional
   * one of these kinds} {@code Content-Length} is not among them, even if it is signed, because
   * browsers and HTTP libraries send it themselves and let no one set it.
   */
  public Map<String, String> headers() {
    if (!signed.headers().containsKey(LENGTH)) {
      return signed.headers();
    }
    Map<String, String> headers = new LinkedHashMap<>(signed.headers());
    headers.remove(LENGTH);
    return Collections.unmodifiableMap(headers);
  }

  /** {@return the object's name} */
  public ObjectKey key() {
    return key;
  }

  /** {@return when OSS stops accepting the URL, in whole seconds} */
  public Instant expiresAt() {
    return signed.expiresAt();
  }

  /**
   * {@return the ticket, with which the client can request a grant for the same object again; empty
   * for a bare URL}
   */
  public Optional<String> ticket() {
    return issued.map(IssuedTicket::ticket);
  }

  /** {@return the response in format {@code text}: the URL alone, in ASCII} */
  public byte[] toText() {
    return signed.toBytes();
  }

  /** {@return the response in format {@code form}: a JSON text in UTF-8} */
  public byte[] toJson() {
    JsonText json = new JsonText().openObject();
    json.member("method", signed.method()).name("url").plainValue(signed.toBytes());
    json.name("headers").openObject();
    headers().forEach(json::member);
    json.closeObject().member("key", key.value());
    json.member("expiresAt", expiresAt().toString());
    json.member("expiresInSeconds", Duration.between(serverTime, expiresAt()).toSeconds());
    json.member("serverTime", serverTime.toString());
    issued.ifPresent(ticket -> ticket.writeTo(json));
    return json.closeObject().toBytes();
  }

  /** Names the object, never the signature or the token. */
  @Override
  public String toString() {
    return "PutGrant[" + key + ", until " + expiresAt() + "]";
  }
}
