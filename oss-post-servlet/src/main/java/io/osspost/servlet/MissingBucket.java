package io.osspost.servlet;

import jakarta.servlet.ServletContext;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Warns of settings without a bucket: one of them may be misspelt. Without a bucket no filter is
 * registered automatically.
 */
final class MissingBucket {
  private static final System.Logger LOG = System.getLogger(OssPostFilter.class.getName());

  private static final String BUCKET = "oss.post.bucket";

  /** The starter reads its own properties, which may name the bucket. */
  private static final String STARTER = "io/osspost/spring/OssPostProperties.class";

  private MissingBucket() {}

  /** Warns, unless the bucket is empty on purpose or the Spring Boot starter is in charge. */
  static void warn(ServletContext context) {
    Set<String> names = new TreeSet<>(Collections.list(context.getInitParameterNames()));
    names.addAll(System.getProperties().stringPropertyNames());
    names.addAll(System.getenv().keySet());
    names.removeIf(name -> !isLikeOurs(name));
    if (names.isEmpty()
        || names.contains(BUCKET)
        || names.contains("OSS_POST_BUCKET")
        || context.getClassLoader().getResource(STARTER) != null) {
      return;
    }
    LOG.log(
        Level.WARNING,
        "WAR ''{0}'' gets no upload filter automatically, because no setting names the bucket. Set"
            + " {1}, as a context parameter or system property, or the environment variable"
            + " OSS_POST_BUCKET. Check the spelling of {2}.",
        context.getContextPath(),
        BUCKET,
        String.join(", ", names));
  }

  /** Returns whether the name begins like that of a setting, with any separators. */
  private static boolean isLikeOurs(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "").startsWith("osspost");
  }
}
