package io.osspost.settings;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A setting stops the start: which one, what is wrong with it, and what to write instead. */
public final class InvalidSettingException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** Its name, without a prefix. */
  private final String setting;

  /** A fact and a fix, without the value of a secret. */
  private final String problem;

  InvalidSettingException(String setting, String problem) {
    this(setting, problem, null);
  }

  InvalidSettingException(String setting, String problem, @Nullable Throwable cause) {
    super("Setting '" + setting + "': " + problem, cause);
    this.setting = setting;
    this.problem = problem;
  }

  /**
   * {@return the setting's name as in the documentation, without the prefix a framework puts before
   * it}
   */
  public String setting() {
    return setting;
  }

  /** {@return a fact and a fix; never the value of a secret} */
  public String problem() {
    return problem;
  }
}
