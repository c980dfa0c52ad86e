package io.osspost.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Checks that the store needs core, the JDK and Bucket4j, and of core no request and no grant. */
class DependenciesTest {
  @Test
  void storeNeedsFewPackages() {
    Set<String> packages =
        new ClassFileImporter()
            .importPath(Path.of("target", "classes")).stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(dependency -> dependency.getTargetClass().getPackageName())
                .filter(name -> !name.startsWith("java.") && !name.isEmpty())
                .filter(name -> !name.startsWith("io.github.bucket4j"))
                .filter(name -> !name.startsWith("io.lettuce.core")) // Only for rates in Redis.
                .collect(Collectors.toCollection(TreeSet::new));
    assertThat(packages)
        .contains("io.osspost.ledger")
        .isSubsetOf(
            "io.osspost.store",
            "io.osspost.callback",
            "io.osspost.ledger",
            "io.osspost.object",
            "io.osspost.profile",
            "io.osspost.spi",
            "io.osspost.ticket",
            "javax.sql",
            "javax.naming",
            "org.jspecify.annotations");
  }
}
