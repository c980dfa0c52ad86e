package io.osspost.servlet;

import io.osspost.testsupport.Java8;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A real servlet container in its own process, with only its own jars and the test's command reader
 * on its class path. It ends when the test's process ends.
 */
final class ServletContainer implements AutoCloseable {
  /**
   * Starts fast and small, because several run at once. Objects that only the JDK's soft references
   * keep, such as types of record components, are not leaks, and each collection removes them.
   */
  private static final List<String> JVM =
      List.of(
          "-Xmx160m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xshare:auto",
          "-XX:SoftRefLRUPolicyMSPerMB=0");

  private static final Path FOLDER = Path.of(System.getProperty("containers"));

  private final Kind kind;
  private final Process process;
  private final PrintStream commands;
  private final BufferedReader answers;
  private final Path log;
  private final int port;

  private ServletContainer(Kind kind, Process process, Path log) throws IOException {
    this.kind = kind;
    this.process = process;
    this.log = log;
    this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    String first = answers.readLine();
    if (first == null) {
      throw new IllegalStateException(kind + " did not start:\n" + Files.readString(log));
    }
    this.port = Integer.parseInt(first);
  }

  /** The supported containers, each with the package names of its servlets. */
  enum Kind {
    TOMCAT_8("tomcat-8", "Tomcat", Namespace.JAVAX),
    TOMCAT_9("tomcat-9", "Tomcat", Namespace.JAVAX),
    TOMCAT_10("tomcat-10", "Tomcat", Namespace.JAKARTA),
    TOMCAT_11("tomcat-11", "Tomcat", Namespace.JAKARTA),
    JETTY_EE8("jetty-ee8", "Jetty", Namespace.JAVAX),
    JETTY_EE11("jetty-ee11", "Jetty", Namespace.JAKARTA),
    UNDERTOW("undertow", "Undertow", Namespace.JAKARTA),
    TOMCAT_8_ON_JAVA_8("tomcat-8", "Tomcat", Namespace.JAVA8),
    TOMCAT_9_ON_JAVA_8("tomcat-9", "Tomcat", Namespace.JAVA8),
    JETTY_9_ON_JAVA_8("jetty-9", "OldJetty", Namespace.JAVA8);

    private final String folder;
    private final String program;
    private final Namespace namespace;

    Kind(String folder, String program, Namespace namespace) {
      this.folder = folder;
      this.program = program;
      this.namespace = namespace;
    }

    Namespace namespace() {
      return namespace;
    }

    /** Returns the containers that this build tests. Java 8 is part of the long build. */
    static Stream<Kind> tested() {
      boolean onJava8 = Boolean.getBoolean("containers.java8");
      return Stream.of(values()).filter(kind -> onJava8 || kind.namespace != Namespace.JAVA8);
    }

    /** Returns the version of Java that runs the container. */
    String java() {
      return namespace == Namespace.JAVA8 ? "8" : "17";
    }

    /** Returns the program that starts that Java. */
    Path launcher() {
      return namespace == Namespace.JAVA8
          ? Java8.launcher()
          : Path.of(System.getProperty("java.home"), "bin", "java");
    }

    boolean isTomcat() {
      return program.equals("Tomcat");
    }

    /** The container's own jars, against which its applications are compiled. */
    List<Path> jars() {
      try (Stream<Path> files = Files.walk(FOLDER.resolve(folder))) {
        return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Starts a container.
   *
   * @param environment variables of its process
   */
  static ServletContainer start(Kind kind, List<String> environment) throws IOException {
    Path home = Files.createDirectories(FOLDER.resolve("run-" + kind));
    List<String> sources = new ArrayList<>(List.of("Container", kind.program + "Container"));
    if (kind == Kind.UNDERTOW) {
      sources.add("UnpackedWar");
    }
    Path program =
        Sources.in(Path.of("src/test/containers/containers"))
            .replace("ee11", kind == Kind.JETTY_EE8 ? "ee8" : "ee11")
            .compile(sources, kind.jars(), kind.java(), home.resolve("program"));
    List<Path> classPath = new ArrayList<>(kind.jars());
    classPath.add(0, program);
    Path log = home.resolve("log");
    List<String> command = new ArrayList<>();
    command.add(kind.launcher().toString());
    command.addAll(JVM);
    command.addAll(List.of("-Djava.io.tmpdir=" + home, "-cp", Sources.classPath(classPath)));
    command.add("containers." + kind.program + "Container");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    for (String variable : environment) {
      builder.environment().put(variable.split("=", 2)[0], variable.split("=", 2)[1]);
    }
    return new ServletContainer(kind, builder.start(), log);
  }

  Kind kind() {
    return kind;
  }

  int port() {
    return port;
  }

  /** Returns the container's output so far. */
  String log() {
    try {
      return Files.readString(log, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sets a system property of the container's process. */
  void set(String property, String value) {
    obey("set " + property + " " + value);
  }

  void deploy(String path, Path war) {
    String answer = tryToDeploy(path, war);
    if (!answer.equals("ok")) {
      throw new IllegalStateException(kind + " has not deployed " + path + ": " + answer + log());
    }
  }

  /** Deploys a WAR that may fail to start. */
  String tryToDeploy(String path, Path war) {
    return obey("deploy " + path + " " + war.toAbsolutePath());
  }

  void undeploy(String path) {
    String answer = obey("undeploy " + path);
    if (!answer.equals("ok")) {
      throw new IllegalStateException(kind + " has not undeployed " + path + ": " + answer);
    }
  }

  /** Returns the number of class loaders of the WAR at {@code path} that remain after some time. */
  int classLoaders(String path) {
    return Integer.parseInt(obey("loaders " + path));
  }

  List<String> threads() {
    return List.of(obey("threads").split(";"));
  }

  private String obey(String command) {
    try {
      commands.println(command);
      String answer = answers.readLine();
      if (answer == null) {
        throw new IllegalStateException(kind + " ended at '" + command + "':\n" + log());
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    commands.close();
    process.destroy();
  }
}
