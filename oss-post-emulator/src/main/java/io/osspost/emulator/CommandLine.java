package io.osspost.emulator;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the options of the standalone jar into a builder. A value follows after a space or {@code
 * =}.
 */
final class CommandLine {
  static final int DEFAULT_PORT = 9000;

  static final String HELP =
      """
      Alibaba Cloud OSS on this machine, for upload forms.

      Usage: java -jar oss-post-emulator-standalone.jar [options]

        --port PORT                 default 9000; 0 takes any free port
        --host HOST                 default 127.0.0.1; 0.0.0.0 for every network
        --bucket NAME               default examplebucket; repeat for more
        --region ID                 default cn-hangzhou
        --access-key-id ID          default EmulatorAccessKeyId
        --access-key-secret SECRET  default a random one at each start, which is printed
        --data DIR                  store the objects in DIR; default a temporary folder
        --data memory               keep them on the heap; write ./memory for a folder of that name
        --cors-origin ORIGIN        default pages of this machine; repeat for more
        --allow-host NAME           accept this host name too, and all names below it; repeat for
                                    more. Addresses, localhost and *.aliyuncs.com need no option
        --domain NAME=BUCKET        accept this domain as a host, bound to that bucket; repeat for
                                    more
        --sts-port PORT             serve STS too: AssumeRole; 0 takes any free port
        --metadata-port PORT        serve the metadata of an ECS instance too
        --role-arn ARN              the role of STS and metadata, acs:ram::1234567890123456:role/name;
                                    default a generated one; repeat for more
        --public-read               allow anonymous reads of the objects
        --public-read-write         allow anonymous reads, writes and deletes
        --rules NAME=VALUE,...      change the behaviour where OSS's documentation is unclear; see the
                                    README, or write a wrong name to list all rules
        --admin                     control clock, faults and journal at /_admin/, with the token that
                                    is printed
        --admin-token TOKEN         the same, with this token
        --help                      print this

      An option can also be an environment variable, which the command line replaces:
      --access-key-secret is OSS_EMULATOR_ACCESS_KEY_SECRET, and --admin is OSS_EMULATOR_ADMIN=true.
      """;

  private static final List<String> WITH_VALUE =
      List.of(
          "--port",
          "--host",
          "--bucket",
          "--region",
          "--access-key-id",
          "--access-key-secret",
          "--data",
          "--cors-origin",
          "--allow-host",
          "--domain",
          "--admin-token",
          "--sts-port",
          "--metadata-port",
          "--role-arn",
          "--rules");
  private static final List<String> FLAGS =
      List.of("--public-read", "--public-read-write", "--admin", "--help");

  /** How the environment variables begin that replace options. */
  private static final String VARIABLES = "OSS_EMULATOR_";

  private final OssEmulator.Builder builder = OssEmulator.builder().port(DEFAULT_PORT);
  private final Map<String, String> key = new LinkedHashMap<>();
  private boolean help;
  private boolean adminTokenGiven;

  private CommandLine() {}

  /**
   * Reads the arguments of {@code main}.
   *
   * @throws IllegalArgumentException if an option is wrong; the message says how to correct it
   */
  static CommandLine parse(List<String> arguments, Map<String, String> environment) {
    CommandLine line = new CommandLine();
    Set<String> given = new HashSet<>();
    for (String argument : arguments) {
      given.add(argument.split("=", 2)[0]);
    }
    new TreeMap<>(environment).forEach((name, value) -> line.variable(name, value, given));
    for (int at = 0; at < arguments.size(); at++) {
      String argument = arguments.get(at);
      int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
      String name = equals < 0 ? argument : argument.substring(0, equals);
      if (FLAGS.contains(name)) {
        if (equals >= 0) {
          throw new IllegalArgumentException(
              "Option '" + name + "' takes no value. Write '" + name + "' alone.");
        }
        line.flag(name);
      } else if (WITH_VALUE.contains(name)) {
        if (equals < 0 && ++at == arguments.size()) {
          throw new IllegalArgumentException(
              "Option '" + name + "' needs a value. Write '" + name + "=...'.");
        }
        line.set(name, equals < 0 ? arguments.get(at) : argument.substring(equals + 1));
      } else {
        throw unknown(name);
      }
    }
    line.setKey();
    return line;
  }

  /** Returns whether the key's secret is random. The program prints such a secret. */
  boolean hasGeneratedSecret() {
    return key.isEmpty();
  }

  /** Returns whether the token for {@code /_admin/} is random. */
  boolean hasGeneratedToken() {
    return !adminTokenGiven;
  }

  boolean wantsHelp() {
    return help;
  }

  OssEmulator.Builder builder() {
    return builder;
  }

  /** Applies an environment variable, unless {@code given} options of the command line do. */
  private void variable(String name, String value, Set<String> given) {
    if (!name.startsWith(VARIABLES) || isOfPlatform(name, value)) {
      return;
    }
    String option =
        "--" + name.substring(VARIABLES.length()).toLowerCase(Locale.ROOT).replace('_', '-');
    if (!FLAGS.contains(option) && !WITH_VALUE.contains(option)) {
      throw new IllegalArgumentException(
          "There is no option for the environment variable " + name + ". Run with --help.");
    }
    if (given.contains(option)) {
      return;
    }
    if (WITH_VALUE.contains(option)) {
      set(option, value);
    } else if (!value.matches("true|false")) {
      throw new IllegalArgumentException(
          "The environment variable " + name + " is '" + value + "'. Write true or false.");
    } else if (value.equals("true")) {
      flag(option);
    }
  }

  /** Kubernetes and Docker set such variables for a service that is named oss-emulator. */
  private static boolean isOfPlatform(String name, String value) {
    return name.contains("_SERVICE_")
        || name.contains("_PORT_")
        || (name.endsWith("_PORT") && value.contains("://"));
  }

  private void flag(String name) {
    switch (name) {
      case "--help" -> help = true;
      case "--admin" -> {
        if (!adminTokenGiven) {
          builder.admin();
        }
      }
      case "--public-read-write" -> builder.publicReadWrite();
      default -> builder.publicRead();
    }
  }

  private void set(String name, String value) {
    switch (name) {
      case "--port" -> builder.port(port(value));
      case "--host" -> builder.host(value);
      case "--bucket" -> builder.bucket(value);
      case "--region" -> builder.region(value);
      case "--data" -> data(value);
      case "--cors-origin" -> builder.corsOrigin(value);
      case "--allow-host" -> builder.allowHost(value);
      case "--domain" -> domain(value);
      case "--admin-token" -> {
        builder.admin(value);
        adminTokenGiven = true;
      }
      case "--rules" -> builder.rules(value);
      case "--sts-port" -> builder.stsPort(port(value));
      case "--metadata-port" -> builder.metadataPort(port(value));
      case "--role-arn" -> builder.roleArn(value);
      default -> key.put(name, value);
    }
  }

  private void domain(String value) {
    int equals = value.indexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException(
          "--domain '"
              + value
              + "' names no bucket. Write it like --domain"
              + " files.example.test=examplebucket.");
    }
    builder.domain(value.substring(0, equals), value.substring(equals + 1));
  }

  private void data(String value) {
    if (value.equals("memory")) {
      builder.inMemory();
    } else {
      builder.data(path(value));
    }
  }

  private void setKey() {
    String id = key.get("--access-key-id");
    String secret = key.get("--access-key-secret");
    if (id == null && secret == null) {
      return;
    }
    if (id == null || secret == null) {
      throw new IllegalArgumentException(
          "An AccessKey has an id and a secret. Write both --access-key-id and "
              + "--access-key-secret, or neither.");
    }
    builder.accessKey(id, secret);
  }

  private static int port(String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'" + value + "' is not a port. Choose 1 to 65535, or 0 for any free one.", e);
    }
  }

  private static Path path(String value) {
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "'" + value + "' is not a path. Name a folder for the objects.", e);
    }
  }

  private static IllegalArgumentException unknown(String name) {
    List<String> all = new ArrayList<>(WITH_VALUE);
    all.addAll(FLAGS);
    String nearest =
        all.stream().min(Comparator.comparingInt(option -> distance(name, option))).orElse("");
    return new IllegalArgumentException(
        distance(name, nearest) <= nearest.length() / 2
            ? "Unknown option '" + name + "'. Did you mean '" + nearest + "'?"
            : "Unknown option '" + name + "'. See --help for the options.");
  }

  /** Returns Levenshtein's distance: the number of letters to change, add or drop. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
