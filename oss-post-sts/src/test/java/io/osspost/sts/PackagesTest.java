package io.osspost.sts;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/**
 * Checks which package may import which: the cache uses the sources, and the public types use both.
 */
class PackagesTest {
  @Test
  void packagesImportOnlyLowerOnes() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("start")
        .definedBy("io.osspost.sts")
        .layer("cache")
        .definedBy("io.osspost.sts.cache")
        .layer("source")
        .definedBy("io.osspost.sts.source")
        .whereLayer("start")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("cache")
        .mayOnlyBeAccessedByLayers("start")
        .whereLayer("source")
        .mayOnlyBeAccessedByLayers("start", "cache")
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.osspost.sts"));
  }
}
