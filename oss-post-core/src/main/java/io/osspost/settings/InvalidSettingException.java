package io.osspost.settings;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Thrown at startup if a setting is invalid. Contains its name, the problem and the fix. */
public final class InvalidSettingException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** The setting's name, without a prefix. */
  private final String setting;

  /** A fact and a fix, without the value of a secret. */
  private final String problem;

  /**
   * Creates an exception for a setting that an adapter cannot accept.
   *
   * @param setting the setting's name, without a framework's prefix
   * @param problem a fact and a fix, without the value of a secret
   */
  public InvalidSettingException(String setting, String problem) {
    this(setting, problem, null);
  }

  InvalidSettingException(String setting, String problem, @Nullable Throwable cause) {
    super("Setting '" + setting + "': " + problem, cause);
    this.setting = setting;
    this.problem = problem;
  }

  /** {@return the setting's name as documented, without a framework's prefix} */
  public String setting() {
    return setting;
  }

  /** {@return a fact and a fix; never the value of a secret} */
  public String problem() {
    return problem;
  }
}
