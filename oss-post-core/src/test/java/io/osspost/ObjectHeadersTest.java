package io.osspost;

import static io.osspost.GrantFixture.ALICE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.osspost.callback.CallbackMemory;
import io.osspost.callback.UploadReports;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.StoredObject;
import io.osspost.multipart.MultipartGrant;
import io.osspost.multipart.MultipartUploads;
import io.osspost.object.OssBucket;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.sign.SignatureVersion;
import io.osspost.testsupport.FormPost;
import io.osspost.ticket.UploadTickets;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each header of an object, in each kind and format and both signature versions: the emulator
 * stores it as configured and refuses another value, or the profile fails at startup.
 */
class ObjectHeadersTest {
  private static final byte[] CONTENT = "a photo".getBytes(UTF_8);
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String LONG = "public, max-age=1, " + "x".repeat(2048);
  private static final String QUOTED = "\"a\\\"b\", 'c'; d=\"" + "x".repeat(2048) + "\"";
  private static final String LONG_NAME =
      "attachment; filename=\"a.png\"; filename*=UTF-8''" + "%E5%90%88".repeat(250);

  /** The most tags and the longest, without and with OSS's encoding. */
  private static final String TAGS = tags("=");

  private static final String STORED_TAGS = tags("%3D");

  /** The encoded name is that of Python's urllib.parse.quote("合\"同.png", safe=""). */
  private static final String NAMED =
      "attachment; filename=\"___.png\"; filename*=UTF-8''%E5%90%88%22%E5%90%8C.png";

  private static OssEmulator oss;

  /** A header, its setting, and the value that is stored. */
  enum Header {
    DISPOSITION("Content-Disposition", "attachment; filename={filename}", NAMED),
    INLINE("Content-Disposition", "inline; filename=\"a.png\"", "inline; filename=\"a.png\""),
    LONG_DISPOSITION("Content-Disposition", LONG_NAME, LONG_NAME),
    CACHE_CONTROL("Cache-Control", LONG, LONG),
    CONTENT_ENCODING("Content-Encoding", "gzip", "gzip"),
    EXPIRES("Expires", "Fri, 01 Jan 2027 00:00:00 GMT", "Fri, 01 Jan 2027 00:00:00 GMT"),
    ENCRYPTION("x-oss-server-side-encryption", "KMS", "KMS"),
    TAGGING("x-oss-tagging", "state=a b&shelf=x:/y", "state=a%20b&shelf=x%3A%2Fy"),
    MOST_TAGS("x-oss-tagging", TAGS, STORED_TAGS),
    STORAGE_CLASS("x-oss-storage-class", "IA", "IA"),
    METADATA("x-oss-meta-note", QUOTED, QUOTED);

    private final String field;
    private final String configured;
    private final String stored;

    Header(String field, String configured, String stored) {
      this.field = field;
      this.configured = configured;
      this.stored = stored;
    }

    UploadProfile.Builder on(UploadProfile.Builder profile) {
      return switch (this) {
        case DISPOSITION, INLINE, LONG_DISPOSITION -> profile.disposition(configured);
        case CACHE_CONTROL -> profile.cacheControl(configured);
        case CONTENT_ENCODING -> profile.contentEncoding(configured);
        case EXPIRES -> profile.expires(configured);
        case ENCRYPTION -> profile.encryption(configured);
        case TAGGING, MOST_TAGS -> profile.tagging(configured);
        case STORAGE_CLASS -> profile.storageClass(configured);
        case METADATA -> profile.metadata(Map.of("note", configured));
      };
    }

    boolean isCoveredByV1() {
      return field.startsWith("x-oss-");
    }

    boolean isOfTags() {
      return field.equals("x-oss-tagging");
    }

    /** Returns another value that OSS knows. */
    String other() {
      return this == ENCRYPTION ? "AES256" : this == STORAGE_CLASS ? "Archive" : "other";
    }

    Optional<String> of(StoredObject object) {
      String value = isOfTags() ? object.tagging() : object.headers().get(field);
      return Optional.ofNullable(value).filter(text -> !text.isEmpty());
    }
  }

  @BeforeAll
  static void start() {
    oss = OssEmulator.builder().inMemory().start();
  }

  @AfterAll
  static void stop() {
    oss.close();
  }

  static Stream<Arguments> headersAndVersions() {
    return Stream.of(Header.values())
        .flatMap(
            header ->
                Stream.of(SignatureVersion.values()).map(version -> Arguments.of(header, version)));
  }

  @ParameterizedTest
  @MethodSource("headersAndVersions")
  void formsStoreAndPin(Header header, SignatureVersion version) throws Exception {
    if (header.isOfTags()) {
      assertRefused(header, version, GrantKind.POST, "sets tagging, but forms of format form");
      return;
    }
    UploadGrants grants = grants(header, version, GrantKind.POST, false);
    PostGrant form = grants.post("p", PostFormat.FORM, ALICE, planned());
    assertThat(form.fields()).containsEntry(header.field, header.stored);
    assertThat(send(form, form.fields())).isEqualTo(200);
    assertThat(header.of(stored(form.key().orElseThrow().value()))).contains(header.stored);

    PostGrant other = grants.post("p", PostFormat.FORM, ALICE, planned());
    Map<String, String> changed = new HashMap<>(other.fields());
    changed.put(header.field, header.other());
    assertThat(send(other, changed)).as("another value").isEqualTo(403);
    changed.remove(header.field);
    assertThat(send(other, changed)).as("no value").isEqualTo(403);
  }

  @ParameterizedTest
  @MethodSource("headersAndVersions")
  void presignedUrlsStoreAndPin(Header header, SignatureVersion version) throws Exception {
    if (version == SignatureVersion.V1 && !header.isCoveredByV1()) {
      assertRefused(header, version, GrantKind.PUT, "A V1 signature does not cover");
      return;
    }
    UploadGrants grants = grants(header, version, GrantKind.PUT, false);
    PutGrant put = grants.put("p", PutFormat.FORM, ALICE, planned());
    assertThat(put.headers()).containsEntry(header.field, header.stored);
    assertThat(send(put.url(), put.headers())).isEqualTo(200);
    assertThat(header.of(stored(put.key().value()))).contains(header.stored);

    PutGrant other = grants.put("p", PutFormat.FORM, ALICE, planned());
    Map<String, String> changed = new HashMap<>(other.headers());
    changed.put(header.field, header.other());
    assertThat(send(other.url(), changed)).as("another value").isEqualTo(403);
    changed.remove(header.field);
    assertThat(send(other.url(), changed)).as("no value").isIn(400, 403);
  }

  @ParameterizedTest
  @MethodSource("headersAndVersions")
  void partsStore(Header header, SignatureVersion version) throws Exception {
    UploadGrants grants = grants(header, version, GrantKind.MULTIPART, false);
    UploadTickets tickets = UploadTickets.withRandomSecret();
    UploadReports reports = new UploadReports(tickets, object -> {}, CallbackMemory.inProcess());
    try (MultipartUploads uploads =
        MultipartUploads.builder(grants, tickets, reports)
            .credentials(credentials())
            .signatureVersion(version)
            .build()) {
      MultipartGrant grant = uploads.start(grants.offers().get(0), ALICE, planned());
      assertThat(send(grant.urls().urls().get(1).url(), Map.of())).isEqualTo(200);
      uploads.complete(grant.ticket(), ALICE, Optional.empty());
      assertThat(header.of(stored(grant.key().value()))).contains(header.stored);
    }
  }

  @ParameterizedTest
  @MethodSource("headersAndVersions")
  void otherFormatsAndTokensFailAtStartup(Header header, SignatureVersion version) {
    for (PostFormat format :
        List.of(PostFormat.V4, PostFormat.V1, PostFormat.LEGACY, PostFormat.WECHAT)) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  builder(version)
                      .profile(profile(header, false), Set.of(GrantKind.POST), List.of(format)))
          .withMessageContaining("but forms of format " + format.code() + " cannot carry it")
          .withMessageContaining("profiles.p.optional-headers");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                builder(version)
                    .profile(
                        profile(header, false),
                        Set.of(GrantKind.PUT),
                        List.of(PostFormat.FORM),
                        List.of(PutFormat.TEXT))
                    .build());
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                builder(version)
                    .profile(
                        header.on(UploadProfile.builder("p").dir("u/")).build(),
                        Set.of(GrantKind.TOKEN)))
        .withMessageContaining("security tokens cannot carry it");
  }

  @ParameterizedTest
  @MethodSource("headersAndVersions")
  void optionalHeadersAreOmittedWhereTheyCannotBeCarried(Header header, SignatureVersion version)
      throws Exception {
    UploadGrants grants = grants(header, version, GrantKind.PUT, true);
    PutGrant put = grants.put("p", PutFormat.FORM, ALICE, planned());
    boolean carried = version == SignatureVersion.V4 || header.isCoveredByV1();
    assertThat(put.headers().containsKey(header.field)).isEqualTo(carried);
    assertThat(send(put.url(), put.headers())).isEqualTo(200);

    UploadGrants forms = grants(header, version, GrantKind.POST, true);
    PostGrant form = forms.post("p", PostFormat.FORM, ALICE, planned());
    assertThat(form.fields().containsKey(header.field)).isEqualTo(!header.isOfTags());
    assertThat(send(form, form.fields())).isEqualTo(200);
  }

  /** Forms are UTF-8. A header is ASCII only, so these grants would fail at each upload. */
  @ParameterizedTest
  @EnumSource(SignatureVersion.class)
  void chineseMetadataIsStoredByFormsAndRefusedElsewhere(SignatureVersion version)
      throws Exception {
    String note = "合\"同\"".repeat(250);
    UploadProfile profile = UploadProfile.builder("p").metadata(Map.of("note", note)).build();
    UploadGrants grants = builder(version).profile(profile, Set.of(GrantKind.POST)).build();
    PostGrant form = grants.post("p", PostFormat.FORM, ALICE, planned());
    assertThat(send(form, form.fields())).isEqualTo(200);
    assertThat(stored(form.key().orElseThrow().value()).metadata()).containsEntry("note", note);
    for (GrantKind kind : List.of(GrantKind.PUT, GrantKind.MULTIPART)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder(version).profile(profile, Set.of(kind)).build())
          .withMessageContaining("sets metadata.note")
          .withMessageContaining("Percent-encode it");
    }
  }

  @Test
  void uploadWithoutNameHasTheTypeOfTheDispositionOnly() {
    UploadGrants grants = grants(Header.DISPOSITION, SignatureVersion.V4, GrantKind.POST, false);
    PostGrant form = grants.post("p", PostFormat.FORM, ALICE, PlannedUpload.unnamed());
    assertThat(form.fields()).containsEntry("Content-Disposition", "attachment");
  }

  /** The documented fields of forms do not limit headers. */
  @Test
  void pinDocumentedKeepsTheHeadersOfUrls() {
    UploadGrants grants =
        builder(SignatureVersion.V4)
            .profile(
                UploadProfile.builder("p").documentedFieldsOnly(true).acl("private").build(),
                Set.of(GrantKind.PUT))
            .build();
    assertThat(grants.put("p", PutFormat.FORM, ALICE, planned()).headers())
        .containsEntry("x-oss-object-acl", "private");
  }

  private static void assertRefused(
      Header header, SignatureVersion version, GrantKind kind, String fact) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> grants(header, version, kind, false))
        .withMessageContaining(fact);
  }

  private static UploadGrants grants(
      Header header, SignatureVersion version, GrantKind kind, boolean optional) {
    return builder(version).profile(profile(header, optional), Set.of(kind)).build();
  }

  private static UploadGrants.Builder builder(SignatureVersion version) {
    return UploadGrants.builder(OssBucket.of(oss.bucket(), oss.region()).at(oss.endpoint()))
        .credentials(credentials())
        .signatureVersion(version);
  }

  private static String tags(String equalsSign) {
    return IntStream.range(0, 10)
        .mapToObj(i -> "k".repeat(127) + i + "=" + "v".repeat(255) + equalsSign)
        .collect(Collectors.joining("&"));
  }

  private static UploadProfile profile(Header header, boolean optional) {
    return header.on(UploadProfile.builder("p").optionalHeaders(optional)).build();
  }

  private static OssCredentialsProvider credentials() {
    return OssCredentialsProvider.of(OssCredentials.of(oss.accessKeyId(), oss.accessKeySecret()));
  }

  private static PlannedUpload planned() {
    return PlannedUpload.of("合\"同.png").type("image/png").size(CONTENT.length);
  }

  private static StoredObject stored(String key) {
    return oss.object(key).orElseThrow();
  }

  private static int send(PostGrant form, Map<String, String> fields) throws Exception {
    return FormPost.send(form.url(), fields, "a.png", "image/png", CONTENT).statusCode();
  }

  private static int send(URI url, Map<String, String> headers) throws Exception {
    HttpRequest.Builder put = HttpRequest.newBuilder(url).PUT(BodyPublishers.ofByteArray(CONTENT));
    headers.forEach(put::header);
    return HTTP.send(put.build(), BodyHandlers.discarding()).statusCode();
  }
}
