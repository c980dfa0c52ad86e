package io.osspost.spring.emulator;

import org.springframework.util.ClassUtils;

/** Detects the module with the code for STS. */
final class Sts {
  private Sts() {}

  static boolean isUsable() {
    return ClassUtils.isPresent("io.osspost.sts.AliyunCredentials", Sts.class.getClassLoader());
  }
}
