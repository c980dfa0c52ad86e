package io.osspost.spring.emulator;

import org.springframework.util.ClassUtils;

/** Detects the module with the code for STS. */
final class StsModule {
  private StsModule() {}

  static boolean isUsable() {
    return ClassUtils.isPresent(
        "io.osspost.sts.AliyunCredentials", StsModule.class.getClassLoader());
  }
}
