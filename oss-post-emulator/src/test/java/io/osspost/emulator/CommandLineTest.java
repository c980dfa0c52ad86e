package io.osspost.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.osspost.emulator.testing.RawHttp;
import io.osspost.emulator.testing.RawHttp.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

  @Test
  void everyOptionReachesTheEmulator(@TempDir Path data) {
    CommandLine line =
        CommandLine.parse(
            List.of(
                "--port=0",
                "--host",
                "127.0.0.1",
                "--bucket",
                "one-bucket",
                "--bucket=two-bucket",
                "--region",
                "ap-southeast-1",
                "--access-key-id",
                "id",
                "--access-key-secret=a=b",
                "--data",
                data.toString(),
                "--cors-origin",
                "https://example.com",
                "--sts-port=0",
                "--metadata-port",
                "0",
                "--role-arn=acs:ram::1234567890123456:role/one",
                "--role-arn=acs:ram::1234567890123456:role/two",
                "--rules=field-names=exact,redirect-status=302",
                "--public-read"),
            Map.of());
    try (OssEmulator oss = line.builder().start()) {
      assertThat(oss.bucket()).isEqualTo("one-bucket");
      assertThat(oss.keys("two-bucket")).isEmpty();
      assertThat(oss.region()).isEqualTo("ap-southeast-1");
      assertThat(oss.accessKeyId()).isEqualTo("id");
      assertThat(oss.accessKeySecret()).isEqualTo("a=b");
      assertThat(oss.folder()).contains(data);
      assertThat(oss.roleArn()).isEqualTo("acs:ram::1234567890123456:role/one");
      assertThat(oss.stsEndpoint().getPort())
          .isPositive()
          .isNotEqualTo(oss.metadataEndpoint().getPort())
          .isNotEqualTo(oss.port());
      assertThat(oss.rules()).hasToString("field-names=exact,redirect-status=302");
    }
  }

  @Test
  void environmentSetsOptionsThatTheCommandLineDoesNot() throws IOException {
    Map<String, String> environment =
        Map.of(
            "OSS_EMULATOR_PORT", "0",
            "OSS_EMULATOR_BUCKET", "one-bucket",
            "OSS_EMULATOR_REGION", "cn-beijing",
            "OSS_EMULATOR_ACCESS_KEY_ID", "id",
            "OSS_EMULATOR_ACCESS_KEY_SECRET", "secret",
            "OSS_EMULATOR_PUBLIC_READ", "true",
            "OSS_EMULATOR_CORS_ORIGIN", "https://example.com",
            "OSS_EMULATOR_ADMIN", "false",
            "PATH", "/bin");
    CommandLine line = CommandLine.parse(List.of("--region=ap-southeast-1"), environment);
    try (OssEmulator oss = line.builder().start()) {
      assertThat(oss.bucket()).isEqualTo("one-bucket");
      assertThat(oss.region()).isEqualTo("ap-southeast-1");
      assertThat(oss.accessKeySecret()).isEqualTo("secret");
      assertThat(oss.adminToken()).isEmpty();
      Answer answer =
          RawHttp.send(
              oss.endpoint(),
              "GET",
              "/one-bucket/none",
              Map.of("Origin", "https://example.com"),
              new byte[0]);
      assertThat(answer.status()).as("public reads").isEqualTo(404);
      assertThat(answer.header("access-control-allow-origin")).isEqualTo("https://example.com");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CommandLine.parse(List.of(), Map.of("OSS_EMULATOR_ADMIN", "1")))
        .withMessage("The environment variable OSS_EMULATOR_ADMIN is '1'. Write true or false.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CommandLine.parse(List.of(), Map.of("OSS_EMULATOR_BUKCET", "b")))
        .withMessageContainingAll("OSS_EMULATOR_BUKCET", "--help");
  }

  @Test
  void variablesOfAContainerPlatformAreNoOptions() {
    Map<String, String> environment =
        Map.of(
            "OSS_EMULATOR_SERVICE_HOST", "10.0.0.7",
            "OSS_EMULATOR_PORT", "tcp://10.0.0.7:9000",
            "OSS_EMULATOR_STS_PORT", "tcp://10.0.0.8:9001",
            "OSS_EMULATOR_WEB_PORT", "tcp://10.0.0.9:80",
            "OSS_EMULATOR_PORT_9000_TCP_ADDR", "10.0.0.7");
    try (OssEmulator oss = CommandLine.parse(List.of("--port=0"), environment).builder().start()) {
      assertThat(oss.bucket()).isEqualTo("examplebucket");
    }
  }

  @Test
  void domainAddsABucketToTheOthers() {
    CommandLine line =
        CommandLine.parse(List.of("--port=0", "--domain=files.test=filebucket"), Map.of());
    try (OssEmulator oss = line.builder().start()) {
      assertThat(oss.bucket()).isEqualTo("examplebucket");
      assertThat(oss.keys("examplebucket")).isEmpty();
      assertThat(oss.keys("filebucket")).isEmpty();
    }
  }

  @Test
  void objectsStayInMemoryOnRequest() {
    try (OssEmulator oss =
        CommandLine.parse(List.of("--port=0", "--data=memory"), Map.of()).builder().start()) {
      assertThat(oss.folder()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--prot 1 | Unknown option '--prot'. Did you mean '--port'?",
        "--bukcet=a | Unknown option '--bukcet'. Did you mean '--bucket'?",
        "--access-key x | Unknown option '--access-key'. Did you mean '--access-key-id'?",
        "--something-else | Unknown option '--something-else'. See --help for the options.",
        "start | Unknown option 'start'. See --help for the options.",
        "--port | Option '--port' needs a value. Write '--port=...'.",
        "--port abc | 'abc' is not a port. Choose 1 to 65535, or 0 for any free one.",
        "--port 70000 | There is no port 70000. Choose 1 to 65535, or 0 for any free one.",
        "--sts-port x | 'x' is not a port. Choose 1 to 65535, or 0 for any free one.",
        "--domain files.test | --domain 'files.test' names no bucket. Write it like --domain files.example.test=examplebucket.",
        "--role-arn me | 'me' is not the ARN of a role. Write"
            + " 'acs:ram::1234567890123456:role/name'.",
        "--public-read=true | Option '--public-read' takes no value. Write '--public-read' alone.",
        "--access-key-id a | An AccessKey has an id and a secret. Write both --access-key-id "
            + "and --access-key-secret, or neither.",
      })
  void wrongArgumentIsAFactAndAFix(String arguments, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CommandLine.parse(Arrays.asList(arguments.split(" ", -1)), Map.of()))
        .withMessage(message);
  }

  @Test
  void helpNamesEveryOption() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int status =
        StandaloneEmulator.run(
            List.of("--help"), Map.of(), new PrintStream(out, true, UTF_8), System.err);
    assertThat(status).isZero();
    assertThat(out.toString(UTF_8))
        .contains(
            "--port",
            "--host",
            "--bucket",
            "--region",
            "--access-key-id",
            "--access-key-secret",
            "--data",
            "--cors-origin",
            "--sts-port",
            "--metadata-port",
            "--role-arn",
            "--public-read",
            "--public-read-write",
            "--rules",
            "--admin",
            "--help");
  }

  @Test
  void unknownOptionExitsWith2() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        StandaloneEmulator.run(
            List.of("--prot"), Map.of(), System.out, new PrintStream(err, true, UTF_8));
    assertThat(status).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("Did you mean '--port'?");
  }

  @Test
  void takenPortExitsWith1() {
    try (OssEmulator oss = OssEmulator.start()) {
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      int status =
          StandaloneEmulator.run(
              List.of("--port", Integer.toString(oss.port())),
              Map.of(),
              System.out,
              new PrintStream(err, true, UTF_8));
      assertThat(status).isEqualTo(1);
      assertThat(err.toString(UTF_8)).contains("Choose another port");
    }
  }

  @Test
  void usedPortOfStsIsNamed() {
    try (OssEmulator oss = OssEmulator.start()) {
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      int status =
          StandaloneEmulator.run(
              List.of("--port=0", "--sts-port=" + oss.port()),
              Map.of(),
              System.out,
              new PrintStream(err, true, UTF_8));
      assertThat(status).isEqualTo(1);
      assertThat(err.toString(UTF_8))
          .startsWith("Cannot listen on 127.0.0.1:" + oss.port() + ": ")
          .contains("Choose another port");
    }
  }
}
