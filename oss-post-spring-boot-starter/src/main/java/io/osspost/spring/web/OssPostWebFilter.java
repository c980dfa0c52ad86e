package io.osspost.spring.web;

import static io.osspost.callback.CallbackRequest.MAX_BODY_BYTES;

import io.osspost.web.UploadEndpoints;
import io.osspost.web.WebResponse;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Handles requests for upload grants off the event loop, and passes every other request on
 * unchanged.
 *
 * <p>The parts of a request are copied first, so no thread of the scheduler waits for a slow
 * client.
 */
final class OssPostWebFilter implements WebFilter, Ordered {
  private static final Mono<Optional<MultiValueMap<String, String>>> NO_FORM =
      Mono.just(Optional.of(new LinkedMultiValueMap<>()));

  private final UploadEndpoints endpoints;
  private final Logins logins;
  private final Scheduler scheduler;

  OssPostWebFilter(UploadEndpoints endpoints, Logins logins, Scheduler scheduler) {
    this.endpoints = endpoints;
    this.logins = logins;
    this.scheduler = scheduler;
  }

  /** The filter comes after Spring Security and other filters that log callers in. */
  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    String path = pathInside(exchange.getRequest());
    if (!endpoints.paths().contains(path)) {
      return chain.filter(exchange);
    }
    return copied(exchange, path)
        .flatMap(
            request -> Mono.fromCallable(() -> endpoints.handle(request)).subscribeOn(scheduler))
        .flatMap(
            result ->
                result.isPresent()
                    ? write(result.get(), exchange.getResponse())
                    : chain.filter(exchange));
  }

  /** Returns the decoded path. A path with an escaped slash is never one of the endpoints'. */
  private static String pathInside(ServerHttpRequest request) {
    StringBuilder path = new StringBuilder();
    for (PathContainer.Element element : request.getPath().pathWithinApplication().elements()) {
      if (!(element instanceof PathContainer.PathSegment segment)) {
        path.append('/');
      } else if (segment.valueToMatch().indexOf('/') < 0) {
        path.append(segment.valueToMatch());
      } else {
        return "";
      }
    }
    return path.toString();
  }

  private Mono<CopiedRequest> copied(ServerWebExchange exchange, String path) {
    ServerHttpRequest request = exchange.getRequest();
    boolean post = request.getMethod().equals(HttpMethod.POST);
    boolean callback = post && endpoints.callbackPath().filter(path::equals).isPresent();
    return Mono.zip(
            login(exchange),
            post && !callback ? form(exchange) : NO_FORM,
            callback ? body(request, exchange.getResponse()) : Mono.just(new byte[0]))
        .map(read -> new CopiedRequest(request, path, read.getT1(), read.getT2(), read.getT3()));
  }

  private Mono<Optional<Login>> login(ServerWebExchange exchange) {
    return exchange.getPrincipal().map(logins::of).defaultIfEmpty(Optional.empty());
  }

  /**
   * Returns the form of the exchange, because an earlier filter, such as a CSRF check, has consumed
   * the body; empty if it cannot be read.
   */
  private static Mono<Optional<MultiValueMap<String, String>>> form(ServerWebExchange exchange) {
    return exchange.getFormData().map(Optional::of).onErrorReturn(Optional.empty());
  }

  private static Mono<byte[]> body(ServerHttpRequest request, ServerHttpResponse response) {
    return request
        .getBody()
        .collect(CallbackBody::new, CallbackBody::add)
        .map(CallbackBody::bytes)
        .onErrorResume(
            DataBufferLimitException.class,
            e -> {
              // The rest of the body must not be read as the next request of the connection.
              response.getHeaders().set("Connection", "close");
              return Mono.just(new byte[MAX_BODY_BYTES + 1]);
            });
  }

  private static Mono<Void> write(WebResponse from, ServerHttpResponse response) {
    response.setRawStatusCode(from.status());
    from.headers().forEach(response.getHeaders()::set);
    response.getHeaders().setContentLength(from.body().length);
    return response.writeWith(Mono.just(response.bufferFactory().wrap(from.body())));
  }
}
