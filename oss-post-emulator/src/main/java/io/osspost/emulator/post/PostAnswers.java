package io.osspost.emulator.post;

import io.osspost.emulator.http.OssAnswer;
import io.osspost.emulator.http.OssRequest;
import io.osspost.emulator.http.Xml;
import io.osspost.emulator.object.PutObject;
import io.osspost.emulator.store.ObjectEntry;
import java.util.Optional;

/** What OSS answers when the object is stored. */
final class PostAnswers {
  private PostAnswers() {}

  static OssAnswer success(
      OssRequest request, PostForm form, ObjectEntry entry, int redirectStatus) {
    Optional<String> redirect = form.sent("success_action_redirect");
    OssAnswer answer =
        redirect.isPresent()
            ? OssAnswer.empty(redirectStatus).with("Location", redirect.get())
            : plain(request, form, entry);
    return answer.with(PutObject.checksums(entry));
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
