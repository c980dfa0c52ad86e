package io.osspost.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RequirementTest {
  @Test
  void findsTheFirstExecutable() {
    assertThat(
            Requirement.WRK.find(
                "Test program", "/no/such/program", "/etc/passwd", "/bin/sh", "/bin/ls"))
        .isEqualTo(Path.of("/bin/sh"));
  }

  @Test
  void namesTheVariableOfAMissingProgram() {
    assertThat(catchThrowable(() -> Requirement.WRK.find("Missing", "/no/such/program")))
        .hasMessageContaining("No Missing found.")
        .hasMessageContaining("environment variable MISSING.");
  }
}
