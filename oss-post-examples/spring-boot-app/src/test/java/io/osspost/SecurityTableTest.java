package io.osspost;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.callback.CallbackMemory;
import io.osspost.callback.UploadReports;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.StoredObject;
import io.osspost.emulator.rules.EmulatorRule;
import io.osspost.multipart.MultipartGrant;
import io.osspost.multipart.MultipartUploads;
import io.osspost.object.ObjectKey;
import io.osspost.object.OssBucket;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.profile.UploadRefusedException;
import io.osspost.settings.UploadSettings;
import io.osspost.sign.ObjectRequest;
import io.osspost.sign.PresignedUrl;
import io.osspost.sign.SignatureVersion;
import io.osspost.sign.UrlSigner;
import io.osspost.ticket.CallbackParameter;
import io.osspost.ticket.UploadTickets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tries every cell of the table in docs/security.md against the emulator. */
class SecurityTableTest {
  private static final String MULTIPART = "`multipart`";
  private static final Path PAGE = Path.of("../../docs/security.md");
  private static final Caller ALICE = Caller.named("alice");
  private static final byte[] CONTENT = {1, 2, 3, 4, 5};
  private static final PlannedUpload PNG =
      PlannedUpload.of("a.png").size(CONTENT.length).type("image/png");
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final List<EmulatorRule> READINGS =
      List.of(
          EmulatorRule.CONTENT_TYPE_RESOLVED,
          EmulatorRule.CONTENT_TYPE_OF_FIELD,
          EmulatorRule.CONTENT_TYPE_OF_PART);

  static Stream<Arguments> cells() throws IOException {
    List<String> lines =
        Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("| ")).toList();
    List<String> columns = cellsOf(lines.get(0));
    return lines.stream()
        .skip(1)
        .map(SecurityTableTest::cellsOf)
        .flatMap(
            row ->
                Stream.iterate(1, column -> column < columns.size(), column -> column + 1)
                    .map(column -> Arguments.of(row.get(0), columns.get(column), row.get(column))));
  }

  private static List<String> cellsOf(String line) {
    return Stream.of(line.substring(1).split("\\|")).map(String::strip).toList();
  }

  @Test
  void tableHasARowForEveryKindAndFormat() throws IOException {
    assertThat(cells().map(cell -> cell.get()[0]).distinct()).hasSize(13);
    assertThat(cells()).hasSize(91);
    assertThat(Enforcement.values()).hasSize(12);
  }

  @ParameterizedTest(name = "{0}: {1}: {2}")
  @MethodSource("cells")
  void cellIsTrue(String grant, String deed, String answer) {
    String found =
        switch (deed) {
          case "store another key" -> anotherKey(grant);
          case "store another size" -> yesOrNo(anotherSize(grant));
          case "store another type" -> anotherType(grant);
          case "replace an object" -> yesOrNo(replaces(grant));
          case "set another ACL" -> anotherAcl(grant);
          case "add metadata" -> yesOrNo(addsMetadata(grant));
          case "omit the callback" -> withoutCallback(grant);
          default -> throw new AssertionError("No test for the column '" + deed + "'");
        };
    assertThat(found).isEqualTo(answer);
  }

  private static String anotherKey(String row) {
    try (Trial trial = new Trial(row, Set.of())) {
      Upload foreign = trial.upload().key("elsewhere/a.png");
      Upload within = trial.upload().key(trial.directory() + "other.png");
      assertThat(trial.stores(foreign)).isEmpty();
      return trial.stores(within).isPresent() ? "in the directory" : "no";
    }
  }

  private static boolean anotherSize(String row) {
    try (Trial trial = new Trial(row, Set.of())) {
      return trial.stores(trial.upload().content(new byte[11 << 20])).isPresent();
    }
  }

  private static String anotherType(String row) {
    int readings = 0;
    for (EmulatorRule reading : READINGS) {
      try (Trial trial = new Trial(row, Set.of(reading))) {
        boolean html =
            Stream.of(
                    trial.upload().field("x-oss-content-type", "text/html"),
                    trial.upload().field("Content-Type", "text/html"),
                    trial.upload().partType("text/html"),
                    trial.upload().field("x-oss-content-type", "text/html").partType("text/html"))
                .map(trial::stores)
                .flatMap(Optional::stream)
                .anyMatch(object -> object.contentType().equals("text/html"));
        readings += html ? 1 : 0;
      }
    }
    return readings == 0 ? "no" : readings == READINGS.size() ? "yes" : "depends";
  }

  private static boolean replaces(String row) {
    try (Trial trial = new Trial(row, Set.of())) {
      Upload upload = trial.upload();
      StoredObject first = trial.stores(upload).orElseThrow();
      byte[] other = {5, 4, 3, 2, 1};
      return trial
          .stores(upload.content(other))
          .filter(second -> !second.etag().equals(first.etag()))
          .isPresent();
    }
  }

  private static String anotherAcl(String row) {
    try (Trial trial = new Trial(row, Set.of())) {
      boolean open = hasAcl(trial, "public-read") || hasAcl(trial, "public-read-write");
      boolean own = hasAcl(trial, "private");
      return open ? "yes" : own ? "private only" : "no";
    }
  }

  private static boolean hasAcl(Trial trial, String acl) {
    return trial
        .stores(trial.upload().field("x-oss-object-acl", acl))
        .filter(object -> object.acl().equals(acl))
        .isPresent();
  }

  private static boolean addsMetadata(String row) {
    try (Trial trial = new Trial(row, Set.of())) {
      return trial
          .stores(trial.upload().field("x-oss-meta-added", "b"))
          .filter(object -> object.metadata().containsKey("added"))
          .isPresent();
    }
  }

  private static String withoutCallback(String row) {
    try (Trial trial = new Trial(row, Set.of())) {
      Upload upload = trial.upload();
      if (!upload.hasCallback()) {
        return "not sent";
      }
      return yesOrNo(trial.stores(upload.withoutCallback()).isPresent());
    }
  }

  private static String yesOrNo(boolean yes) {
    return yes ? "yes" : "no";
  }

  /** One emulator, and grants of one row of the table. */
  private static final class Trial implements AutoCloseable {
    private final String row;
    private final OssEmulator oss;
    private final OssBucket bucket;
    private final Optional<TokenGrant> token;
    private final UploadGrants grants;
    private final UploadTickets tickets = UploadTickets.withRandomSecret();
    private final MultipartUploads parts;
    private Optional<String> ticket = Optional.empty();

    Trial(String row, Set<EmulatorRule> rules) {
      this.row = row;
      OssEmulator.Builder builder =
          OssEmulator.builder()
              .inMemory()
              .stsPort(0)
              .accessKey("LTAIlongterm", "longtermsecret")
              .temporaryKey("STS.temporary", "temporarysecret", "CAIS+/=", Instant.MAX);
      rules.forEach(builder::rule);
      this.oss = builder.start();
      this.bucket = OssBucket.of(oss.bucket(), oss.region()).at(oss.endpoint());
      this.token = row.equals("`token`") ? Optional.of(token()) : Optional.empty();
      this.grants =
          UploadGrants.builder(bucket)
              .credentials(OssCredentialsProvider.of(credentials()))
              .callback(
                  CallbackParameter.builder(URI.create("http://127.0.0.1:1/cb"))
                      .reportUploads()
                      .build())
              .optionalCallback(true)
              .profile(
                  UploadProfile.builder("p")
                      .dir("u/{principal}/")
                      .contentTypes(List.of("image/png"))
                      .documentedFieldsOnly(row.contains("documented"))
                      .signLength(row.contains("sign-length"))
                      .build(),
                  row.equals(MULTIPART)
                      ? Set.of(GrantKind.MULTIPART)
                      : Set.of(GrantKind.POST, GrantKind.PUT),
                  List.of(PostFormat.values()),
                  List.of(PutFormat.values()))
              .tickets(tickets)
              .build();
      this.parts =
          MultipartUploads.builder(
                  grants,
                  tickets,
                  new UploadReports(tickets, stored -> {}, CallbackMemory.inProcess()))
              .credentials(OssCredentialsProvider.of(credentials()))
              .build();
    }

    private OssCredentials credentials() {
      return row.contains("`v4`")
          ? OssCredentials.temporary("STS.temporary", "temporarysecret", "CAIS+/=")
          : OssCredentials.of(oss.accessKeyId(), oss.accessKeySecret());
    }

    /** A token as the settings grant it, with an enforced session policy. */
    private TokenGrant token() {
      Map<String, String> settings = new LinkedHashMap<>();
      settings.put("bucket", oss.bucket());
      settings.put("region", oss.region());
      settings.put("endpoint", oss.endpoint().toString());
      settings.put("credentials.type", "static");
      settings.put("credentials.access-key-id", oss.accessKeyId());
      settings.put("credentials.access-key-secret", oss.accessKeySecret());
      settings.put("credentials.sts-endpoint", oss.stsEndpoint().toString());
      settings.put("token.role-arn", oss.roleArn());
      settings.put("profiles.p.grants", "token");
      settings.put("profiles.p.dir", "u/{principal}/");
      return UploadSettings.read(settings).open().grants().token("p", ALICE);
    }

    String directory() {
      return "u/alice/";
    }

    Upload upload() {
      if (token.isPresent()) {
        return new Upload(
            true,
            URI.create("token:session"),
            Map.of("Content-Type", "image/png"),
            "u/alice/a.png",
            CONTENT,
            "image/png");
      }
      if (row.equals(MULTIPART)) {
        return firstPart();
      }
      if (row.startsWith("`put`")) {
        PutFormat format = row.contains("text") ? PutFormat.TEXT : PutFormat.FORM;
        PutGrant put = grants.put("p", format, ALICE, PNG);
        return new Upload(true, put.url(), put.headers(), put.key().value(), CONTENT, "image/png");
      }
      PostFormat format =
          Stream.of(PostFormat.values())
              .filter(candidate -> row.contains("`" + candidate.code() + "`"))
              .findFirst()
              .orElseThrow();
      boolean named = !row.contains("without");
      PostGrant post = grants.post("p", format, ALICE, named ? PNG : PlannedUpload.unnamed());
      Map<String, String> fields = new LinkedHashMap<>(post.fields());
      String key = post.key().map(ObjectKey::value).orElse(post.prefix() + "a.png");
      fields.put("key", key);
      if (format == PostFormat.FORM) {
        fields.put("Content-Type", "image/png");
        if (!row.contains("documented")) {
          fields.put("x-oss-content-type", "image/png");
        }
      }
      return new Upload(false, post.url(), fields, key, CONTENT, "image/png");
    }

    /** The only part of a small file. The stranger has its URL, and the caller completes it. */
    private Upload firstPart() {
      MultipartGrant grant =
          parts.start(grants.offer("p").orElseThrow(), ALICE, PNG.size(CONTENT.length));
      ticket = Optional.of(grant.ticket());
      PresignedUrl url = grant.urls().urls().get(1);
      return new Upload(true, url.url(), Map.of(), grant.key().value(), CONTENT, "");
    }

    private void complete() {
      try {
        parts.complete(ticket.orElseThrow(), ALICE, Optional.empty());
      } catch (UploadRefusedException e) {
        assertThat(e.reason()).isEqualTo(UploadRefusedException.Reason.PARTS_MISSING);
      }
    }

    /** Sends an upload, and returns the object if it was stored now. */
    Optional<StoredObject> stores(Upload upload) {
      Optional<StoredObject> before = oss.object(upload.key);
      try {
        send(upload);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return oss.object(upload.key)
          .filter(
              now ->
                  before.isEmpty()
                      || !before.get().etag().equals(now.etag())
                      || !before.get().contentType().equals(now.contentType())
                      || !before.get().headers().equals(now.headers())
                      || !before.get().acl().equals(now.acl()));
    }

    private void send(Upload upload) throws IOException, InterruptedException {
      if (!upload.put) {
        SentForm form = new SentForm(upload.fields, "a.png", upload.partType, 0);
        byte[] body = form.body(upload.content);
        HTTP.send(
            HttpRequest.newBuilder(upload.url)
                .header("Content-Type", "multipart/form-data; boundary=" + SentForm.BOUNDARY)
                .POST(BodyPublishers.ofByteArray(body))
                .build(),
            BodyHandlers.discarding());
        return;
      }
      URI url = upload.url;
      if (token.isPresent()) {
        ObjectRequest put = ObjectRequest.put(new ObjectKey(upload.key));
        for (Map.Entry<String, String> header : upload.fields.entrySet()) {
          put = put.header(header.getKey(), header.getValue());
        }
        PresignedUrl signed =
            UrlSigner.of(bucket, SignatureVersion.V4)
                .sign(put, token.get().credentials(), Instant.now(), Duration.ofMinutes(1));
        url = signed.url();
      }
      HttpRequest.Builder request =
          HttpRequest.newBuilder(url).PUT(BodyPublishers.ofByteArray(upload.content));
      upload.fields.forEach(request::header);
      HTTP.send(request.build(), BodyHandlers.discarding());
      if (row.equals(MULTIPART)) {
        complete();
      }
    }

    @Override
    public void close() {
      parts.close();
      oss.close();
    }
  }

  /** An upload as sent: a form's fields, or the headers of a presigned URL. */
  private static final class Upload {
    private final boolean put;
    private final URI url;
    private final Map<String, String> fields;
    private final String key;
    private final byte[] content;
    private final String partType;

    Upload(
        boolean put,
        URI url,
        Map<String, String> fields,
        String key,
        byte[] content,
        String partType) {
      this.put = put;
      this.url = url;
      this.fields = fields;
      this.key = key;
      this.content = content;
      this.partType = partType;
    }

    Upload key(String other) {
      Map<String, String> changed = new LinkedHashMap<>(fields);
      if (!put) {
        changed.put("key", other);
      }
      URI address =
          url.getScheme().equals("token")
              ? url
              : URI.create(url.toString().replace("/" + key + "?", "/" + other + "?"));
      return new Upload(put, address, changed, other, content, partType);
    }

    Upload field(String name, String value) {
      Map<String, String> changed = new LinkedHashMap<>(fields);
      changed.keySet().removeIf(name::equalsIgnoreCase);
      changed.put(name, value);
      return new Upload(put, url, changed, key, content, partType);
    }

    Upload content(byte[] other) {
      return new Upload(put, url, fields, key, other, partType);
    }

    Upload partType(String type) {
      return put ? field("Content-Type", type) : new Upload(put, url, fields, key, content, type);
    }

    boolean hasCallback() {
      return fields.keySet().stream().anyMatch(name -> name.endsWith("callback"));
    }

    Upload withoutCallback() {
      Map<String, String> changed = new LinkedHashMap<>(fields);
      changed.keySet().removeIf(name -> name.endsWith("callback"));
      return new Upload(put, url, changed, key, content, partType);
    }
  }
}
