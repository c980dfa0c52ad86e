package io.osspost.emulator;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The emulator as a program of its own. */
final class StandaloneEmulator {
  private static final String GREETING =
      """
      OSS emulator is ready. Stop it with Ctrl+C.
        endpoint           %1$s
        bucket             %2$s
        region             %3$s
        access key id      %4$s
        access key secret  %5$s
        objects in         %6$s
      Next: sign a form with this key and region, and post it to
        %1$s/%2$s/
      or, bucket in the host, to
        http://%2$s.localhost:%7$d/
      A refused form is explained here, one line each.
      """;

  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  private StandaloneEmulator() {}

  /**
   * Serves until the process is stopped. Exits with 2 for unknown options, 1 if it cannot start.
   */
  public static void main(String[] arguments) {
    if (System.getProperty("java.util.logging.SimpleFormatter.format") == null) {
      System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tT.%1$tL %4$s %5$s%6$s%n");
    }
    int status = run(List.of(arguments), System.out, System.err);
    if (status != 0) {
      System.exit(status);
    }
  }

  /** Starts and returns 0, or says what is wrong and returns the exit status. */
  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    try {
      CommandLine line = CommandLine.parse(arguments);
      if (line.wantsHelp()) {
        out.print(CommandLine.HELP);
        return 0;
      }
      OssEmulator emulator = line.builder().start();
      Runtime.getRuntime().addShutdownHook(new Thread(emulator::close, "oss-emulator-stop"));
      out.print(greeting(emulator));
      out.flush();
      return 0;
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      return WRONG_USAGE;
    } catch (UncheckedIOException e) {
      err.println(e.getMessage());
      return FAILED;
    }
  }

  private static String greeting(OssEmulator emulator) {
    boolean madeUp = emulator.accessKeySecret().equals(OssEmulator.DEFAULT_KEY_SECRET);
    return GREETING.formatted(
        emulator.endpoint(),
        emulator.bucket(),
        emulator.region(),
        emulator.accessKeyId(),
        madeUp ? emulator.accessKeySecret() : "(as given)",
        emulator.folder(),
        emulator.port());
  }
}
