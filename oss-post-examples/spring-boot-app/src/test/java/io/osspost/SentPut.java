package io.osspost;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A presigned upload as a client sends it, possibly changed. */
final class SentPut {
  private static final List<Map.Entry<String, String>> WISHES =
      List.of(
          Map.entry("x-oss-object-acl", "public-read"),
          Map.entry("x-oss-forbid-overwrite", "false"),
          Map.entry("x-oss-storage-class", "IA"),
          Map.entry("x-oss-meta-a", "b"),
          Map.entry("x-oss-copy-source", "/examplebucket/other"),
          Map.entry("Content-Type", "text/html"),
          Map.entry("Cache-Control", "no-cache"));
  private static final List<String> QUERIES =
      List.of("acl", "append&position=0", "x-oss-process=image", "uploads", "response-expires=1");

  private final Map<String, String> headers;
  private String url;
  private String method = "PUT";
  private int size;
  boolean changed;

  SentPut(URI url, Map<String, String> headers, int size) {
    this.url = url.toString();
    this.headers = new LinkedHashMap<>(headers);
    this.size = size;
  }

  /** Changes one part of the request. */
  void change(Random random) {
    changed = true;
    List<String> names = List.copyOf(headers.keySet());
    String name = names.isEmpty() ? "x-oss-meta-a" : names.get(random.nextInt(names.size()));
    switch (random.nextInt(8)) {
      case 0 -> headers.remove(name);
      case 1 -> headers.put(name, "x" + headers.getOrDefault(name, ""));
      case 2 -> {
        Map.Entry<String, String> wish = WISHES.get(random.nextInt(WISHES.size()));
        headers.keySet().removeIf(wish.getKey()::equalsIgnoreCase);
        headers.put(wish.getKey(), wish.getValue());
      }
      case 3 -> url = url.replace("?", "x?");
      case 4 -> url = url + "&" + QUERIES.get(random.nextInt(QUERIES.size()));
      case 5 ->
          url = url.replaceFirst("Expires=", "Expires=9").replaceFirst("expires=", "expires=9");
      case 6 -> size = random.nextInt(60);
      default -> method = random.nextBoolean() ? "POST" : "DELETE";
    }
  }

  void send(HttpClient http, byte fill) throws IOException, InterruptedException {
    byte[] content = new byte[size];
    Arrays.fill(content, fill);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).method(method, BodyPublishers.ofByteArray(content));
    headers.forEach(request::header);
    http.send(request.build(), BodyHandlers.discarding());
  }

  @Override
  public String toString() {
    return method + " " + url.replaceFirst("\\?.*", "") + " " + headers + " [" + size + " bytes]";
  }
}
