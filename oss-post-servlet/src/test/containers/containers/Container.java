package containers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A servlet container that executes the commands of the test that started it: one command per line
 * in, one answer per line out. It ends with its input, so it never outlives the test.
 */
abstract class Container {
  private final Map<String, List<WeakReference<ClassLoader>>> loaders = new HashMap<>();

  /** Listens on a free port of the loopback address, and prints it. */
  abstract int start() throws Exception;

  /** Starts the WAR, and prints its class loader. */
  abstract ClassLoader deploy(String path, Path war) throws Exception;

  abstract void undeploy(String path) throws Exception;

  final void obey() throws Exception {
    PrintStream answers = System.out;
    System.setOut(System.err);
    answers.println(start());
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      String answer;
      try {
        answer = obey(line.split(" ", 3));
      } catch (Throwable e) {
        e.printStackTrace();
        answer = "failed: " + e;
      }
      answers.println(answer.replaceAll("\\R", " "));
    }
    Runtime.getRuntime().halt(0);
  }

  private String obey(String[] words) throws Exception {
    switch (words[0]) {
      case "set":
        System.setProperty(words[1], words[2]);
        return "ok";
      case "deploy":
        loaders
            .computeIfAbsent(words[1], path -> new ArrayList<>())
            .add(new WeakReference<>(deploy(words[1], Paths.get(words[2]))));
        return "ok";
      case "undeploy":
        undeploy(words[1]);
        return "ok";
      case "loaders":
        return String.valueOf(aliveLoaders(words[1]));
      case "threads":
        return threads();
      default:
        throw new IOException("No such command: " + words[0]);
    }
  }

  /** Returns the number of class loaders of the WAR at {@code path} that remain after some time. */
  private long aliveLoaders(String path) throws InterruptedException {
    long alive = Long.MAX_VALUE;
    for (int attempt = 0; attempt < 40 && alive > 0; attempt++) {
      System.gc();
      Thread.sleep(50);
      alive = loaders.get(path).stream().filter(loader -> loader.get() != null).count();
    }
    return alive;
  }

  private static String threads() {
    StringBuilder names = new StringBuilder();
    Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .sorted()
        .forEach(name -> names.append(name).append(';'));
    return names.toString();
  }
}
