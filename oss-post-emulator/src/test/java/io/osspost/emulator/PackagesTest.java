package io.osspost.emulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Checks which package may import which, and that users need only a dozen types. */
class PackagesTest {
  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.osspost.emulator");

  @Test
  void noTwoPackagesImportEachOther() {
    slices().matching("io.osspost.(**)").should().beFreeOfCycles().check(classes);
  }

  @Test
  void httpIsIndependentOfOss() {
    noClasses()
        .that()
        .resideInAPackage("..internal.http..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..internal.protocol..", "..internal.store..", "..internal.object..")
        .check(classes);
  }

  @Test
  void usersNeedADozenTypes() {
    Set<String> surface =
        classes.stream()
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(type -> !type.getPackageName().startsWith("io.osspost.emulator.internal"))
            .map(JavaClass::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(surface).hasSizeBetween(10, 13);
  }
}
