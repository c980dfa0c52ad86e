package io.osspost.emulator.auth;

/**
 * Who holds a temporary key.
 *
 * @param account the digits of the account the role belongs to
 * @param sessionName what the one who assumed the role called it
 */
public record Principal(String account, String role, String sessionName) {
  /** As refusals name it: {@code uploader:alice}. */
  public String displayName() {
    return role + ":" + sessionName;
  }
}
