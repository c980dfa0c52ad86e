package io.osspost.examples.legacywar;

import java.io.Serializable;

/** The user in the session, as the attribute {@code loginUser}. */
public final class LoginUser implements Serializable {
  private static final long serialVersionUID = 1;

  private final String loginName;

  LoginUser(String loginName) {
    this.loginName = loginName;
  }

  /** {@return the name, different for every user} */
  public String getLoginName() {
    return loginName;
  }
}
