package io.osspost.spring;

import io.osspost.settings.InvalidSettingException;
import java.util.Set;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.util.ClassUtils;

/** Explains an invalid property, by the name that it has in a Spring application. */
final class InvalidSettingFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSettingException> {
  private static final Set<String> OF_STS = Set.of("credentials.type", "token.role-arn");

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, InvalidSettingException cause) {
    String property = "oss.post." + cause.setting();
    return new FailureAnalysis(
        "Property '" + property + "': " + cause.problem(), action(cause.setting()), cause);
  }

  private static String action(String setting) {
    return switch (setting) {
      case "bucket", "region" ->
          "Set 'oss.post."
              + setting
              + "'. To try uploads without a bucket, add the dependency"
              + " io.osspost:oss-post-emulator and set 'oss.post.emulator.enabled=true'.";
      default ->
          "Correct 'oss.post."
              + setting
              + "' in the application's properties or environment"
              + (OF_STS.contains(setting) && !hasSts()
                  ? ", or add the dependency io.osspost:oss-post-sts."
                  : ".");
    };
  }

  private static boolean hasSts() {
    return ClassUtils.isPresent("io.osspost.sts.AliyunCredentials", null);
  }
}
