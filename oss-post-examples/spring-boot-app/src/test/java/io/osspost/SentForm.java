package io.osspost;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** A form as a client sends it, possibly changed. */
final class SentForm {
  static final String BOUNDARY = "----form8f3c1b";

  /** Values that an attacker would like to store. */
  private static final List<Map.Entry<String, String>> WISHES =
      List.of(
          Map.entry("x-oss-object-acl", "public-read"),
          Map.entry("x-oss-object-acl", "public-read-write"),
          Map.entry("x-oss-content-type", "text/html"),
          Map.entry("X-Oss-Content-Type", "text/html"),
          Map.entry("Content-Type", "text/html"),
          Map.entry("content-type", "text/html"),
          Map.entry("x-oss-forbid-overwrite", "false"),
          Map.entry("x-oss-storage-class", "IA"),
          Map.entry("x-oss-meta-a", "b"),
          Map.entry("x-oss-meta-grant", "00000000-0000-0000-0000-000000000000"),
          Map.entry("Cache-Control", "no-cache"),
          Map.entry("Content-Disposition", "inline"),
          Map.entry("success_action_status", "204"),
          Map.entry("key", "elsewhere/evil.html"),
          Map.entry("key", "evil.html"),
          Map.entry("x-oss-security-token", "x"));

  final List<Map.Entry<String, String>> fields = new ArrayList<>();
  final List<Map.Entry<String, String>> fieldsBehindFile = new ArrayList<>();
  String partType;
  String filename;
  int size;
  boolean changed;

  /** Returns whether a change affects the file's type. */
  boolean typeChanged;

  SentForm(Map<String, String> granted, String filename, String partType, int size) {
    fields.addAll(granted.entrySet());
    this.filename = filename;
    this.partType = partType;
    this.size = size;
  }

  /** Changes one part of the form. */
  void change(Random random) {
    changed = true;
    int at = fields.isEmpty() ? 0 : random.nextInt(fields.size());
    switch (random.nextInt(11)) {
      case 0 -> remove(at);
      case 1 -> set(at, "");
      case 2 -> set(at, "x" + fields.get(at).getValue());
      case 3 -> set(at, fields.get(at).getValue() + "/../x");
      case 4 -> fields.add(random.nextInt(fields.size() + 1), fields.get(at));
      case 5 -> rename(at);
      case 6 -> fields.add(random.nextInt(fields.size() + 1), wish(random));
      case 7 -> fieldsBehindFile.add(wish(random));
      case 8 -> {
        partType = "text/html";
        typeChanged = true;
      }
      case 9 -> size = random.nextInt(60);
      default -> filename = "../evil.html";
    }
  }

  private Map.Entry<String, String> wish(Random random) {
    Map.Entry<String, String> wish = WISHES.get(random.nextInt(WISHES.size()));
    typeChanged |= isType(wish.getKey());
    return wish;
  }

  private void remove(int at) {
    typeChanged |= isType(fields.remove(at).getKey());
  }

  private void set(int at, String value) {
    String name = fields.get(at).getKey();
    typeChanged |= isType(name);
    fields.set(at, Map.entry(name, value));
  }

  private void rename(int at) {
    Map.Entry<String, String> field = fields.get(at);
    typeChanged |= isType(field.getKey());
    String upper = field.getKey().toUpperCase(Locale.ROOT);
    String name = upper.equals(field.getKey()) ? field.getKey().toLowerCase(Locale.ROOT) : upper;
    fields.set(at, Map.entry(name, field.getValue()));
  }

  private static boolean isType(String field) {
    return field.toLowerCase(Locale.ROOT).endsWith("content-type");
  }

  byte[] body(byte fill) {
    byte[] content = new byte[size];
    Arrays.fill(content, fill);
    return body(content);
  }

  byte[] body(byte[] content) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    fields.forEach(field -> part(body, field));
    part(
        body, "name=\"file\"; filename=\"" + filename + "\"\r\nContent-Type: " + partType, content);
    fieldsBehindFile.forEach(field -> part(body, field));
    body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(UTF_8));
    return body.toByteArray();
  }

  private static void part(ByteArrayOutputStream body, Map.Entry<String, String> field) {
    part(body, "name=\"" + field.getKey() + "\"", field.getValue().getBytes(UTF_8));
  }

  private static void part(ByteArrayOutputStream body, String disposition, byte[] content) {
    String head = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition;
    body.writeBytes((head + "\r\n\r\n").getBytes(UTF_8));
    body.writeBytes(content);
    body.writeBytes("\r\n".getBytes(UTF_8));
  }

  @Override
  public String toString() {
    return fields + " [" + size + " bytes of " + partType + "] " + fieldsBehindFile;
  }
}
