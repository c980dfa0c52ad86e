package io.osspost.spring;

import io.osspost.settings.InvalidSettingException;
import io.osspost.settings.UploadSettings;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Suggests the property that was probably meant. Boot's own analyzer only names the unknown one.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnknownPropertyFailureAnalyzer
    extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {
  private static final String PREFIX = "oss.post.";

  @Override
  protected @Nullable FailureAnalysis analyze(
      Throwable rootFailure, UnboundConfigurationPropertiesException cause) {
    StringBuilder description = new StringBuilder();
    for (ConfigurationProperty property : cause.getUnboundProperties()) {
      String name = property.getName().toString();
      if (!name.startsWith(PREFIX)) {
        return null;
      }
      description
          .append(description.isEmpty() ? "" : "\n")
          .append("Property '")
          .append(name)
          .append("'")
          .append(property.getOrigin() == null ? "" : " (" + property.getOrigin() + ")")
          .append(": ")
          .append(problem(name.substring(PREFIX.length())));
    }
    return new FailureAnalysis(
        description.toString(), "Correct the name, or remove the property.", cause);
  }

  /** Returns core's message about the name. */
  private static String problem(String setting) {
    try {
      UploadSettings.read(Map.of(setting, ""));
    } catch (InvalidSettingException e) {
      if (e.setting().equals(setting)) {
        return e.problem();
      }
    }
    return "There is no such property.";
  }
}
