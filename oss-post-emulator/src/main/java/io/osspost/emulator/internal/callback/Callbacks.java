package io.osspost.emulator.internal.callback;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.emulator.fault.Fault;
import io.osspost.emulator.fault.Faults;
import io.osspost.emulator.internal.http.HttpAnswer;
import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRefusedException;
import io.osspost.emulator.internal.protocol.OssRequest;
import io.osspost.emulator.internal.store.ObjectEntry;
import io.osspost.emulator.rules.EmulatorRules;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the callbacks of uploads before the object is stored, and sends them afterwards.
 * Thread-safe.
 *
 * <p>Source: OSS documentation "Callback".
 */
public final class Callbacks {
  /** The time limit for the call of one URL (documented). */
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private static final String CUSTOM = "x:";

  private final CallbackKey key;
  private final EmulatorRules rules;
  private final Faults faults;
  private final CallbackBody body;
  private final CallbackSender sender;

  /**
   * Creates callbacks signed by {@code key}.
   *
   * @param keyUrl the URL of the public key
   */
  public Callbacks(CallbackKey key, URI keyUrl, EmulatorRules rules, Faults faults) {
    this.key = key;
    this.rules = rules;
    this.faults = faults;
    this.body = new CallbackBody(rules);
    this.sender = new CallbackSender(key, keyUrl, LIMIT, rules);
  }

  /** A callback that has not been sent yet. */
  @FunctionalInterface
  public interface Pending {
    /**
     * Calls the application's server, and returns its response for the uploader.
     *
     * @param operation such as {@code PutObject}
     * @throws OssRefusedException 203 {@code CallbackFailed}; the object remains
     */
    HttpAnswer deliver(OssRequest request, ObjectEntry entry, String operation) throws IOException;
  }

  /** Returns the callback in the fields of a form. */
  public Optional<Pending> ofForm(Map<String, String> fields) {
    Optional<String> sent =
        Optional.ofNullable(fields.get("callback")).filter(text -> !text.isEmpty());
    Map<String, String> variables = new HashMap<>(fields);
    variables.keySet().removeIf(name -> !name.startsWith(CUSTOM));
    return sent.flatMap(base64 -> Callback.parse(base64, variables, rules)).map(this::pending);
  }

  /** Returns the callback in the headers or the query of a request. */
  public Optional<Pending> ofRequest(OssRequest request) {
    Optional<String> sent = oneOf(request, "callback");
    Optional<String> variables = oneOf(request, "callback-var");
    return sent.flatMap(
            base64 ->
                Callback.parse(base64, variables.map(Callback::variables).orElse(Map.of()), rules))
        .map(this::pending);
  }

  /** Serves the public key. */
  public HttpAnswer publicKey(OssRequest request) {
    return HttpAnswer.of(200, "application/x-x509-ca-cert", key.pem().getBytes(US_ASCII));
  }

  private Pending pending(Callback callback) {
    return (request, entry, operation) -> {
      Map<String, Object> values = new HashMap<>(callback.variables());
      values.putAll(values(request, entry, operation));
      if (callback.template().contains("${imageInfo.")) {
        imageInfo(entry, values);
      }
      byte[] filled = body.fill(callback.template(), callback.json(), values).getBytes(UTF_8);
      return HttpAnswer.of(200, "application/json", deliver(callback, filled, request));
    };
  }

  private byte[] deliver(Callback callback, byte[] filled, OssRequest request) {
    if (take(Fault.LoseCallback.class, request)) {
      throw CallbackAnswer.unreachable()
          .because("the object is stored, but a fault prevents its callback");
    }
    byte[] answer = callUntilOneAnswers(callback, filled, request);
    if (take(Fault.LoseCallbackAnswer.class, request)) {
      throw CallbackAnswer.tooSlow(callback.urls().get(0), LIMIT)
          .because("the object is stored, but a fault discards the response to its callback");
    }
    return take(Fault.DoubleCallback.class, request)
        ? callUntilOneAnswers(callback, filled, request)
        : answer;
  }

  /**
   * Calls the URLs one after the other until one succeeds. If all fail, throws the error of the
   * last one.
   */
  private byte[] callUntilOneAnswers(Callback callback, byte[] filled, OssRequest request) {
    for (Iterator<CallbackUrl> urls = callback.urls().iterator(); ; ) {
      CallbackUrl url = urls.next();
      try {
        byte[] answer = sender.send(callback, url, filled);
        request.note("callback to " + url + " returned 200");
        return answer;
      } catch (OssRefusedException e) {
        if (!urls.hasNext()) {
          throw e;
        }
        request.note("callback to " + url + " failed: " + e.error().message());
      }
    }
  }

  private boolean take(Class<? extends Fault.Effect> kind, OssRequest request) {
    return faults.take(kind, request.method(), request.query()).isPresent();
  }

  private static Map<String, Object> values(
      OssRequest request, ObjectEntry entry, String operation) {
    Map<String, Object> values = new HashMap<>();
    values.put("bucket", request.bucket());
    values.put("object", entry.key());
    values.put("etag", entry.etag().replace("\"", ""));
    values.put("size", entry.size());
    values.put("mimeType", entry.headers().contentType());
    values.put("crc64", entry.crc64Text());
    values.put("contentMd5", entry.contentMd5().orElse(""));
    values.put("clientIp", request.clientIp());
    values.put("reqId", request.id());
    values.put("operation", operation);
    return values;
  }

  private static void imageInfo(ObjectEntry entry, Map<String, Object> values) throws IOException {
    try (InputStream content = entry.open()) {
      ImageInfo.read(content)
          .ifPresent(
              image -> {
                values.put("imageInfo.width", image.width());
                values.put("imageInfo.height", image.height());
                values.put("imageInfo.format", image.format());
              });
    } catch (IOException e) {
      throw CallbackAnswer.failed("Get image info failed.")
          .because("the object is stored, but its image cannot be read: " + e.getMessage());
    }
  }

  private static Optional<String> oneOf(OssRequest request, String name) {
    Optional<String> header = request.header("x-oss-" + name).filter(text -> !text.isEmpty());
    Optional<String> query = request.query(name).filter(text -> !text.isEmpty());
    if (header.isPresent() && query.isPresent()) {
      throw OssError.invalidArgument(
              "Either the "
                  + name
                  + " query string parameter or the x-oss-"
                  + name
                  + " header should be specified, not both.",
              name,
              query.get())
          .because("the request has " + name + " in its URL and the header x-oss-" + name);
    }
    return header.or(() -> query);
  }
}
