package io.osspost.emulator.internal.auth;

import io.osspost.emulator.internal.ram.Permissions;

/**
 * The holder of a temporary key.
 *
 * @param account the digits of the account of the role
 * @param sessionName the name of the session
 * @param permissions the permissions of the holder
 */
public record Principal(String account, String role, String sessionName, Permissions permissions) {
  /** Returns the name as in refusals: {@code uploader:alice}. */
  public String displayName() {
    return role + ":" + sessionName;
  }
}
