package io.osspost.emulator;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs the emulator as a program, for the standalone jar and the container. */
final class StandaloneEmulator {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  private StandaloneEmulator() {}

  /**
   * Runs until the process is stopped. Exits with 2 for unknown options, and with 1 if it cannot
   * start.
   */
  public static void main(String[] arguments) {
    if (System.getProperty("java.util.logging.SimpleFormatter.format") == null) {
      System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tT.%1$tL %4$s %5$s%6$s%n");
    }
    int status = run(List.of(arguments), System.getenv(), System.out, System.err);
    if (status != 0) {
      System.exit(status);
    }
  }

  /** Starts and returns 0, or prints the error and returns the exit status. */
  static int run(
      List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
    try {
      CommandLine line = CommandLine.parse(arguments, environment);
      if (line.wantsHelp()) {
        out.print(CommandLine.HELP);
        return 0;
      }
      OssEmulator emulator = line.builder().start();
      Runtime.getRuntime().addShutdownHook(new Thread(emulator::close, "oss-emulator-stop"));
      printStart(emulator, line, out);
      return 0;
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      return WRONG_USAGE;
    } catch (UncheckedIOException e) {
      err.println(e.getMessage());
      return FAILED;
    }
  }

  private static void printStart(OssEmulator emulator, CommandLine line, PrintStream out) {
    String secret = line.hasGeneratedSecret() ? emulator.accessKeySecret() : "(as given)";
    String bucket = emulator.bucket();
    out.println("OSS emulator is ready. Stop it with Ctrl+C.");
    out.println("  endpoint           " + emulator.endpoint());
    out.println("  bucket             " + bucket);
    out.println("  region             " + emulator.region());
    out.println("  access key id      " + emulator.accessKeyId());
    out.println("  access key secret  " + secret);
    out.println("  objects in         " + emulator.folder().map(Path::toString).orElse("memory"));
    out.println("  callback key       " + emulator.callbackPublicKeyUrl());
    emulator.keyServices().forEach((name, what) -> out.printf("  %-18s %s%n", name, what));
    emulator
        .adminToken()
        .map(token -> line.hasGeneratedToken() ? token : "(as given)")
        .ifPresent(token -> out.println("  admin token        " + token));
    out.println("Next: sign a form with this key and region, and post it to");
    out.println("  " + emulator.endpoint() + "/" + bucket + "/");
    out.println("or, bucket in the host, to");
    out.println("  http://" + bucket + ".localhost:" + emulator.port() + "/");
    out.println("A refused form is explained here, one line each.");
    out.flush();
  }
}
