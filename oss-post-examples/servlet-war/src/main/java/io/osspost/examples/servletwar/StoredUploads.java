package io.osspost.examples.servletwar;

import io.osspost.callback.UploadListener;
import io.osspost.callback.UploadedObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The latest stored uploads of each user, as OSS reported them. A real application writes into its
 * database here.
 */
final class StoredUploads implements UploadListener {
  /** The name of the context attribute, which {@code web.xml} and the servlets use. */
  static final String ATTRIBUTE = "storedUploads";

  private static final int KEPT = 20;

  private final Map<String, List<UploadedObject>> byUser = new ConcurrentHashMap<>();

  @Override
  public void uploaded(UploadedObject object) {
    String user = object.caller().principal().orElseThrow();
    byUser.merge(
        user,
        List.of(object),
        (before, now) -> Stream.concat(now.stream(), before.stream()).limit(KEPT).toList());
  }

  /** Returns the uploads, the latest first. */
  List<UploadedObject> of(String user) {
    return byUser.getOrDefault(user, List.of());
  }
}
