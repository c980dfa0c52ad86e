package io.osspost.store.nodes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import io.osspost.web.WebRequest;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request to the JDK's HTTP server, with its body. */
final class ExchangeRequest implements WebRequest {
  private final HttpExchange exchange;
  private final byte[] body;

  ExchangeRequest(HttpExchange exchange, byte[] body) {
    this.exchange = exchange;
    this.body = body;
  }

  @Override
  public String method() {
    return exchange.getRequestMethod();
  }

  @Override
  public String path() {
    return exchange.getRequestURI().getPath();
  }

  @Override
  public String rawPath() {
    return exchange.getRequestURI().getRawPath();
  }

  @Override
  public Optional<String> rawQuery() {
    return Optional.ofNullable(exchange.getRequestURI().getRawQuery());
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  @Override
  public byte[] body() {
    return body;
  }

  @Override
  public Map<String, List<String>> parameters() {
    Map<String, List<String>> parameters = new HashMap<>();
    for (String pair : new String(body, UTF_8).split("&", -1)) {
      int equals = pair.indexOf('=');
      parameters
          .computeIfAbsent(
              URLDecoder.decode(pair.substring(0, equals), UTF_8), name -> new ArrayList<>())
          .add(URLDecoder.decode(pair.substring(equals + 1), UTF_8));
    }
    return parameters;
  }

  @Override
  public Optional<String> principal() {
    return Optional.empty();
  }

  @Override
  public boolean isInRole(String role) {
    return false;
  }
}
