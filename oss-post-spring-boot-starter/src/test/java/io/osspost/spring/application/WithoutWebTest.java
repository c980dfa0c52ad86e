package io.osspost.spring.application;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** An application without a web server, and without web jars on its class path. */
class WithoutWebTest {
  private static final String OF_THE_WEB =
      "/(spring|spring-boot|spring-boot-starter)-(web|tomcat|reactor|servlet|security|http)"
          + "|/tomcat-|/reactor-netty";

  @Test
  void uploadsToTheEmulator() throws Exception {
    assertThat(
            ApplicationProcess.printed(
                0, OF_THE_WEB, "--oss.post.emulator.enabled=true", "--debug=false"))
        .contains("Uploads go to an emulator inside this process, at http://127.0.0.1:");
  }
}
