package io.osspost.emulator;

/** Placeholder of the first commit. */
public final class OssEmulator {
  private OssEmulator() {}
}
