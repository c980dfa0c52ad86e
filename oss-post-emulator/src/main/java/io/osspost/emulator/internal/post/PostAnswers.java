package io.osspost.emulator.internal.post;

import static io.osspost.emulator.rules.EmulatorRule.REDIRECT_301;
import static io.osspost.emulator.rules.EmulatorRule.REDIRECT_302;
import static io.osspost.emulator.rules.EmulatorRule.REDIRECT_QUERY_OBJECT;

import io.osspost.emulator.internal.http.HttpAnswer;
import io.osspost.emulator.internal.object.PutObject;
import io.osspost.emulator.internal.protocol.OssRequest;
import io.osspost.emulator.internal.protocol.PercentEncoding;
import io.osspost.emulator.internal.protocol.Xml;
import io.osspost.emulator.internal.store.ObjectEntry;
import io.osspost.emulator.rules.EmulatorRules;
import java.util.Optional;

/** Creates the response of a form upload after the object is stored. */
final class PostAnswers {
  private PostAnswers() {}

  static HttpAnswer success(
      OssRequest request, PostForm form, ObjectEntry entry, EmulatorRules rules) {
    Optional<String> redirect = form.sent("success_action_redirect");
    HttpAnswer answer =
        redirect.isPresent()
            ? redirect(request, redirect.get(), entry, rules)
            : plain(request, form, entry);
    return answer.with(PutObject.checksums(entry));
  }

  private static HttpAnswer redirect(
      OssRequest request, String url, ObjectEntry entry, EmulatorRules rules) {
    int status = rules.has(REDIRECT_301) ? 301 : rules.has(REDIRECT_302) ? 302 : 303;
    String location =
        rules.has(REDIRECT_QUERY_OBJECT)
            ? url
                + (url.contains("?") ? "&" : "?")
                + "bucket="
                + PercentEncoding.encode(request.bucket())
                + "&key="
                + PercentEncoding.encode(entry.key())
                + "&etag="
                + PercentEncoding.encode(entry.etag())
            : url;
    return HttpAnswer.empty(status).with("Location", location);
  }

  private static HttpAnswer plain(OssRequest request, PostForm form, ObjectEntry entry) {
    return switch (form.sent("success_action_status").orElse("204")) {
      case "200" -> HttpAnswer.empty(200);
      case "201" ->
          HttpAnswer.xml(
              201,
              Xml.root("PostResponse")
                  .member("Bucket", request.bucket())
                  .member("ETag", entry.etag())
                  .member("Key", entry.key())
                  .member("Location", request.urlOf(entry.key()))
                  .end());
      default -> HttpAnswer.empty(204);
    };
  }
}
