package io.osspost;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Checks which package may import which, and how many types are public. */
class ArchitectureTest {
  /** The allowed imports, {@code .} standing for the root package. No others are allowed. */
  private static final Map<String, Set<String>> MAY_IMPORT =
      Map.ofEntries(
          Map.entry("wire", Set.of()),
          Map.entry("policy", Set.of("wire")),
          Map.entry("object", Set.of("wire")),
          Map.entry("credentials", Set.of()),
          Map.entry("spi", Set.of("callback", "ledger", "credentials")),
          Map.entry("profile", Set.of("object", "wire")),
          Map.entry("admission", Set.of("profile", "object", "wire")),
          Map.entry("ticket", Set.of("profile", "object", "wire")),
          Map.entry("sign", Set.of("policy", "object", "credentials", "wire")),
          Map.entry("client", Set.of("sign", "object", "credentials")),
          Map.entry("ledger", Set.of("ticket", "profile", "object")),
          Map.entry("rate", Set.of("spi", "web", "ledger", "profile", "wire")),
          Map.entry(
              "sweep",
              Set.of("callback", "client", "ledger", "ticket", "sign", "credentials", "object")),
          Map.entry(
              "callback",
              Set.of(
                  "ledger",
                  "ticket",
                  "client",
                  "sign",
                  "credentials",
                  "profile",
                  "object",
                  "wire")),
          Map.entry(
              ".",
              Set.of(
                  "admission",
                  "ledger",
                  "ticket",
                  "sign",
                  "profile",
                  "policy",
                  "object",
                  "credentials",
                  "wire")),
          Map.entry(
              "multipart",
              Set.of(
                  ".",
                  "callback",
                  "client",
                  "ledger",
                  "ticket",
                  "sign",
                  "profile",
                  "object",
                  "credentials",
                  "wire")),
          Map.entry(
              "web",
              Set.of(
                  ".",
                  "multipart",
                  "callback",
                  "ledger",
                  "ticket",
                  "profile",
                  "object",
                  "credentials",
                  "wire")),
          Map.entry(
              "settings",
              Set.of(
                  ".",
                  "web",
                  "sweep",
                  "rate",
                  "multipart",
                  "callback",
                  "ledger",
                  "ticket",
                  "spi",
                  "sign",
                  "profile",
                  "object",
                  "credentials",
                  "wire")));

  private static final Set<String> NOT_EXPORTED =
      Set.of("wire", "client", "admission", "sweep", "rate");

  private final JavaClasses classes =
      new ClassFileImporter().importPath(Path.of("target", "classes"));

  @Test
  void packagesFollowTheTableOfImports() {
    Map<String, Set<String>> imported = new TreeMap<>();
    for (JavaClass from : classes) {
      Set<String> targets =
          imported.computeIfAbsent(packageOf(from.getPackageName()), name -> new TreeSet<>());
      from.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getPackageName())
          .filter(name -> name.equals("io.osspost") || name.startsWith("io.osspost."))
          .map(ArchitectureTest::packageOf)
          .forEach(targets::add);
      targets.remove(packageOf(from.getPackageName()));
    }
    assertThat(imported.keySet()).isEqualTo(MAY_IMPORT.keySet());
    imported.forEach(
        (name, targets) -> assertThat(MAY_IMPORT.get(name)).as(name).containsAll(targets));
  }

  @Test
  void coreDependsOnTheJdkAlone() {
    Set<String> foreign =
        classes.stream()
            .flatMap(from -> from.getDirectDependenciesFromSelf().stream())
            .map(dependency -> dependency.getTargetClass().getPackageName())
            .filter(name -> !name.startsWith("java."))
            .filter(name -> !name.startsWith("javax.crypto") && !name.startsWith("javax.xml."))
            .filter(name -> !name.startsWith("io.osspost") && !name.isEmpty())
            .filter(name -> !name.startsWith("org.jspecify."))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(foreign).isEmpty();
  }

  @Test
  void thePublicSurfaceIsSmall() {
    Set<String> surface =
        classes.stream()
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(type -> !NOT_EXPORTED.contains(packageOf(type.getPackageName())))
            .map(JavaClass::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    // Of these, 18 were nested types before: users need them, so each has its own file.
    // Uploads in parts added eight: their answers, their builder, and one class for all reports.
    // The ledger added six: its interface, states and errors, and the listener's transaction.
    // Stores are a service with three types.
    // Operators of the ledger added seven: the view, its reader and values, ends, and sources.
    // Quotas added two, rates a service with three types.
    // Data of uploads added five: variables, answers and their listener, links and their options.
    // Profiles at run time added nine: their source, values and uses, and the server's access.
    assertThat(surface).hasSizeBetween(10, 105);
  }

  private static String packageOf(String name) {
    return name.equals("io.osspost") ? "." : name.substring("io.osspost.".length());
  }
}
