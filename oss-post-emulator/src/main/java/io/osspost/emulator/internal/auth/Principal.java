package io.osspost.emulator.internal.auth;

import io.osspost.emulator.internal.ram.Permissions;

/**
 * Who holds a temporary key.
 *
 * @param account the digits of the account the role belongs to
 * @param sessionName what the one who assumed the role called it
 * @param permissions what the holder may do
 */
public record Principal(String account, String role, String sessionName, Permissions permissions) {
  /** As refusals name it: {@code uploader:alice}. */
  public String displayName() {
    return role + ":" + sessionName;
  }
}
