package containers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A servlet container that obeys the test which started its process: one command a line in, one
 * answer a line out. It ends with its input, so it never outlives the test.
 */
abstract class Container {
  private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();

  /** Listens on a free port of the loopback address, and says which. */
  abstract int start() throws Exception;

  /** Starts the WAR, and says which class loader it got. */
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
        loaders.add(new WeakReference<>(deploy(words[1], Path.of(words[2]))));
        return "ok";
      case "undeploy":
        undeploy(words[1]);
        return "ok";
      case "loaders":
        return String.valueOf(aliveLoaders(Integer.parseInt(words[1])));
      case "threads":
        return threads();
      default:
        throw new IOException("No such command: " + words[0]);
    }
  }

  /** How many class loaders of WARs are left, once no more than {@code expected} or after a while. */
  private long aliveLoaders(int expected) throws InterruptedException {
    long alive = Long.MAX_VALUE;
    for (int attempt = 0; attempt < 40 && alive > expected; attempt++) {
      System.gc();
      Thread.sleep(50);
      alive = loaders.stream().filter(loader -> loader.get() != null).count();
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
