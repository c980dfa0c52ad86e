package io.osspost.benchmarks;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The process of one cold start: sets one contender up, makes one grant, and prints the
 * milliseconds since {@code main} and the CPU milliseconds of the whole process so far. Written
 * without lambdas and string concatenation, which would initialize parts of the JDK for a
 * contender.
 */
final class FirstGrant {
  private FirstGrant() {}

  public static void main(String[] args) throws IOException {
    long start = System.nanoTime();
    Task task = new Task(Task.Keys.temporary(), Clock.systemUTC());
    int length =
        switch (args[0]) {
          case "oss-post" -> OssPost.prefixGrant(task).grant("user-1000").length;
          case "tutorial" -> new Tutorial(task).grant("user-1000").length;
          case "aliyun-sdk-oss" -> AliyunSdk.v4WithoutJackson(task).grant("user-1000").length;
          default -> 0;
        };
    long wall = System.nanoTime() - start;
    long cpu = cpuNanos();
    System.out.print(wall / 1e6);
    System.out.print(' ');
    System.out.print(cpu / 1e6);
    System.out.print(' ');
    System.out.println(length);
    System.exit(0);
  }

  /**
   * Returns the CPU time of all threads of this process, including compilers and collectors, from
   * Linux.
   */
  private static long cpuNanos() throws IOException {
    Path threads = Path.of("/proc/self/task");
    long nanos = 0;
    if (Files.isDirectory(threads)) {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(threads)) {
        for (Path thread : all) {
          String line = Files.readString(thread.resolve("schedstat"));
          nanos += Long.parseLong(line.substring(0, line.indexOf(' ')));
        }
      }
    }
    return nanos;
  }
}
