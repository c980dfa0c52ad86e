package io.osspost.spring.emulator;

import org.springframework.util.ClassUtils;

/** Whether this application could ask an STS at all: the code for it is in a jar of its own. */
final class Sts {
  private Sts() {}

  static boolean isUsable() {
    return ClassUtils.isPresent("io.osspost.sts.AliyunCredentials", Sts.class.getClassLoader());
  }
}
