package io.osspost.emulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.emulator.testing.RawHttp;
import io.osspost.emulator.testing.RawHttp.Answer;
import io.osspost.emulator.testing.TestForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/**
 * Random forms. The answer is always one that OSS could give, it comes in time, and a rejected
 * upload leaves no file. The seeds are fixed, so a failure can be repeated.
 */
class FormFuzzTest {
  private static final int SOME = 500;

  /** Four properties with this number make 20 000 forms. */
  private static final int MANY = 5_000;

  private OssEmulator oss;

  @BeforeProperty
  void start() {
    oss = TestForm.emulator().publicReadWrite().start();
  }

  @AfterProperty
  void stop() throws IOException {
    try (Stream<Path> files = Files.walk(oss.folder().orElseThrow().resolve("buckets"))) {
      // An object has two files, content and properties; the bucket has one for its settings.
      assertThat(files.filter(Files::isRegularFile)).hasSize(2 * oss.keys().size() + 1);
    }
    oss.close();
  }

  @Property(tries = SOME, seed = "20240315")
  void someMutatedForms(@ForAll("mutatedBodies") byte[] body) throws IOException {
    assertJudged(post(body));
  }

  @Property(tries = SOME, seed = "20240316")
  void somePiecedTogetherForms(@ForAll("piecedBodies") byte[] body) throws IOException {
    assertJudged(post(body));
  }

  @Property(tries = SOME, seed = "20240317")
  void someMutatedPolicies(@ForAll("mutatedPolicies") String policy) throws IOException {
    assertJudged(postPolicy(policy));
  }

  @Property(tries = SOME, seed = "20240318")
  void someRandomPolicies(@ForAll("randomPolicies") String policy) throws IOException {
    assertJudged(postPolicy(policy));
  }

  @Tag("full")
  @Property(tries = MANY, seed = "20240319")
  void manyMutatedForms(@ForAll("mutatedBodies") byte[] body) throws IOException {
    assertJudged(post(body));
  }

  @Tag("full")
  @Property(tries = MANY, seed = "20240320")
  void manyPiecedTogetherForms(@ForAll("piecedBodies") byte[] body) throws IOException {
    assertJudged(post(body));
  }

  @Tag("full")
  @Property(tries = MANY, seed = "20240321")
  void manyMutatedPolicies(@ForAll("mutatedPolicies") String policy) throws IOException {
    assertJudged(postPolicy(policy));
  }

  @Tag("full")
  @Property(tries = MANY, seed = "20240322")
  void manyRandomPolicies(@ForAll("randomPolicies") String policy) throws IOException {
    assertJudged(postPolicy(policy));
  }

  /** Valid forms of every kind, with a few changed bytes. */
  @Provide
  Arbitrary<byte[]> mutatedBodies() {
    Arbitrary<byte[]> good = Arbitraries.of(v4Form(), v1Form(), strangersForm(), richForm());
    return Combinators.combine(good, mutations()).as(FormFuzzTest::mutate);
  }

  /** The pieces of forms, in any order and number. */
  @Provide
  Arbitrary<byte[]> piecedBodies() {
    return pieces().list().ofMaxSize(40).map(list -> String.join("", list).getBytes(ISO_8859_1));
  }

  @Provide
  Arbitrary<String> mutatedPolicies() {
    byte[] good = new TestForm().signV4().policyText().getBytes(UTF_8);
    return mutations().map(mutations -> new String(mutate(good, mutations), UTF_8));
  }

  /** JSON that has, or nearly has, the structure of a policy. */
  @Provide
  Arbitrary<String> randomPolicies() {
    Arbitrary<String> expiration =
        Arbitraries.oneOf(
            Arbitraries.just("\"2024-03-15T09:15:30.000Z\""),
            Arbitraries.strings().ofMaxLength(30).map(FormFuzzTest::quoted),
            values());
    return Combinators.combine(expiration, conditions().list().ofMaxSize(6))
        .as(
            (end, conditions) ->
                "{\"expiration\":"
                    + end
                    + ",\"conditions\":["
                    + String.join(",", conditions)
                    + "]}");
  }

  private static Arbitrary<String> conditions() {
    Arbitrary<String> operator =
        Arbitraries.of("eq", "starts-with", "in", "not-in", "content-length-range", "ends-with", "")
            .map(FormFuzzTest::quoted);
    Arbitrary<String> field =
        Arbitraries.of("$key", "key", "$bucket", "$content-type", "$x-oss-date", "$", "", "$$a")
            .map(FormFuzzTest::quoted);
    return Arbitraries.oneOf(
        Combinators.combine(operator, field, values())
            .as((name, on, value) -> "[" + name + "," + on + "," + value + "]"),
        Combinators.combine(operator, values().list().ofMaxSize(4))
            .as((name, more) -> "[" + name + "," + String.join(",", more) + "]"),
        Combinators.combine(field, values()).as((name, value) -> "{" + name + ":" + value + "}"),
        values());
  }

  private static Arbitrary<String> values() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(12).map(FormFuzzTest::quoted),
        Arbitraries.bigIntegers().map(String::valueOf),
        Arbitraries.of(
            "null", "true", "1e400", "-0.5", "[]", "{}", "[[[[]]]]", "\"\\ud800\"", "NaN"),
        Arbitraries.of("[\"image/png\",\"image/jpeg\"]", "\"user-dir/\"", "[1,\"a\",null]"));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static Arbitrary<String> pieces() {
    String boundary = TestForm.BOUNDARY;
    return Arbitraries.oneOf(
        Arbitraries.of(
            "--" + boundary + "\r\n",
            "\r\n--" + boundary + "\r\n",
            "\r\n--" + boundary + "--\r\n",
            "--" + boundary + "--",
            "\r\n--" + boundary.substring(0, 20),
            "Content-Disposition: form-data; name=\"key\"\r\n\r\n",
            "Content-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n",
            "Content-Disposition: form-data; name=\"policy\"\r\n\r\n",
            "Content-Disposition: form-data; name=",
            "Content-Type: image/png\r\n",
            "user-dir/${filename}",
            "\r\n\r\n",
            "\r\n",
            "\n",
            "\"",
            ";",
            "x".repeat(9000)),
        Arbitraries.strings().withCharRange('\0', '\u00FF').ofMaxLength(40));
  }

  /** The position, the kind and the text of a change. */
  private record Mutation(int place, int kind, int length, String piece) {}

  private static Arbitrary<List<Mutation>> mutations() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 1 << 20),
            Arbitraries.integers().between(0, 4),
            Arbitraries.integers().between(1, 60),
            pieces())
        .as(Mutation::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(6);
  }

  private static byte[] mutate(byte[] good, List<Mutation> mutations) {
    StringBuilder text = new StringBuilder(new String(good, ISO_8859_1));
    for (Mutation mutation : mutations) {
      int at = text.isEmpty() ? 0 : mutation.place() % text.length();
      int end = Math.min(text.length(), at + mutation.length());
      switch (mutation.kind()) {
        case 0 -> text.delete(at, end);
        case 1 -> text.insert(at, mutation.piece());
        case 2 -> text.insert(at, text.substring(at, end));
        case 3 -> text.setLength(at);
        default -> text.replace(at, end, mutation.piece());
      }
    }
    return text.toString().getBytes(ISO_8859_1);
  }

  private static byte[] v4Form() {
    return new TestForm().sign().body();
  }

  private static byte[] v1Form() {
    TestForm form = new TestForm();
    form.signature = TestForm.Signature.V1;
    return form.sign().body();
  }

  private static byte[] strangersForm() {
    TestForm form = new TestForm();
    form.signature = TestForm.Signature.NONE;
    return form.sign().body();
  }

  private static byte[] richForm() {
    return new TestForm()
        .with("key", "user-dir/${filename}")
        .with("x-oss-meta-a", "字")
        .with("x-oss-object-acl", "public-read")
        .with("success_action_redirect", "http://example.com/")
        .with("Cache-Control", "no-cache")
        .sign()
        .body();
  }

  private Answer post(byte[] body) throws IOException {
    return RawHttp.send(
        oss.endpoint(),
        "POST",
        "/examplebucket/",
        Map.of("Content-Type", "multipart/form-data; boundary=" + TestForm.BOUNDARY),
        body);
  }

  private Answer postPolicy(String policy) throws IOException {
    TestForm form = new TestForm();
    form.policyJson = policy;
    return RawHttp.post(oss.endpoint(), "/examplebucket/", form.signV4());
  }

  /** The socket's own limit of 20 seconds checks that an answer comes in time. */
  private void assertJudged(Answer answer) throws IOException {
    assertThat(answer.status()).as(answer.body()).isBetween(200, 499);
    if (answer.status() >= 400) {
      assertThat(answer.member("Code")).isNotEmpty();
      assertThat(oss.journal().last().orElseThrow().explanation()).isNotEmpty();
    }
    try (Stream<Path> unfinished = Files.list(oss.folder().orElseThrow().resolve("incoming"))) {
      assertThat(unfinished).isEmpty();
    }
  }
}
