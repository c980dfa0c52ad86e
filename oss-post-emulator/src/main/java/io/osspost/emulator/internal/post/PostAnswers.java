package io.osspost.emulator.internal.post;

import static io.osspost.emulator.rules.EmulatorRule.REDIRECT_301;
import static io.osspost.emulator.rules.EmulatorRule.REDIRECT_302;
import static io.osspost.emulator.rules.EmulatorRule.REDIRECT_QUERY_OBJECT;

import io.osspost.emulator.internal.http.OssAnswer;
import io.osspost.emulator.internal.http.OssRequest;
import io.osspost.emulator.internal.http.PercentEncoding;
import io.osspost.emulator.internal.http.Xml;
import io.osspost.emulator.internal.object.PutObject;
import io.osspost.emulator.internal.store.ObjectEntry;
import io.osspost.emulator.rules.EmulatorRules;
import java.util.Optional;

/** What OSS answers when the object is stored. */
final class PostAnswers {
  private PostAnswers() {}

  static OssAnswer success(
      OssRequest request, PostForm form, ObjectEntry entry, EmulatorRules rules) {
    Optional<String> redirect = form.sent("success_action_redirect");
    OssAnswer answer =
        redirect.isPresent()
            ? redirect(request, redirect.get(), entry, rules)
            : plain(request, form, entry);
    return answer.with(PutObject.checksums(entry));
  }

  private static OssAnswer redirect(
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
    return OssAnswer.empty(status).with("Location", location);
  }

  private static OssAnswer plain(OssRequest request, PostForm form, ObjectEntry entry) {
    return switch (form.sent("success_action_status").orElse("204")) {
      case "200" -> OssAnswer.empty(200);
      case "201" ->
          OssAnswer.xml(
              201,
              Xml.root("PostResponse")
                  .member("Bucket", request.bucket())
                  .member("ETag", entry.etag())
                  .member("Key", entry.key())
                  .member("Location", request.urlOf(entry.key()))
                  .end());
      default -> OssAnswer.empty(204);
    };
  }
}
