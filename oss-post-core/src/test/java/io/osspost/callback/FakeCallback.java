package io.osspost.callback;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.wire.PercentEncoding;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A callback request made of values. Each method returns a changed copy. */
record FakeCallback(
    String method,
    String rawPath,
    Optional<String> rawQuery,
    Map<String, String> headers,
    String text)
    implements CallbackRequest {

  static FakeCallback post(String path, String body) {
    return new FakeCallback("POST", path, Optional.empty(), Map.of(), body);
  }

  static KeyPair newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(1024);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static String pem(KeyPair key) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(key.getPublic().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  FakeCallback method(String method) {
    return new FakeCallback(method, rawPath, rawQuery, headers, text);
  }

  FakeCallback path(String path) {
    return new FakeCallback(method, path, rawQuery, headers, text);
  }

  FakeCallback query(String query) {
    return new FakeCallback(method, rawPath, Optional.of(query), headers, text);
  }

  FakeCallback noQuery() {
    return new FakeCallback(method, rawPath, Optional.empty(), headers, text);
  }

  FakeCallback body(String body) {
    return new FakeCallback(method, rawPath, rawQuery, headers, body);
  }

  FakeCallback header(String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(headers);
    changed.put(name, value);
    return new FakeCallback(method, rawPath, rawQuery, changed, text);
  }

  FakeCallback without(String name) {
    Map<String, String> changed = new LinkedHashMap<>(headers);
    changed.remove(name);
    return new FakeCallback(method, rawPath, rawQuery, changed, text);
  }

  FakeCallback keyAt(String url) {
    return header("x-oss-pub-key-url", base64(url));
  }

  /** Signs path, query and body as OSS does. */
  FakeCallback signed(KeyPair key) {
    try {
      Signature rsa = Signature.getInstance("MD5withRSA");
      rsa.initSign(key.getPrivate());
      rsa.update(PercentEncoding.decode(rawPath));
      rsa.update(rawQuery.map(query -> "?" + query).orElse("").getBytes(UTF_8));
      rsa.update((byte) '\n');
      rsa.update(body());
      return header("Authorization", Base64.getEncoder().encodeToString(rsa.sign()));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public byte[] body() {
    return text.getBytes(UTF_8);
  }

  @Override
  public Optional<String> header(String name) {
    Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    anyCase.putAll(headers);
    return Optional.ofNullable(anyCase.get(name));
  }
}
