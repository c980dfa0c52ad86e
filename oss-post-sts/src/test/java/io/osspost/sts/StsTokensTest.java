package io.osspost.sts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.aliyun.oss.OSS;
import com.aliyun.oss.OSSClientBuilder;
import com.aliyun.oss.OSSException;
import com.aliyun.oss.common.auth.DefaultCredentialProvider;
import com.aliyun.oss.model.AbortMultipartUploadRequest;
import com.aliyun.oss.model.CannedAccessControlList;
import com.aliyun.oss.model.InitiateMultipartUploadRequest;
import com.aliyun.oss.model.ListPartsRequest;
import com.aliyun.oss.model.ObjectMetadata;
import io.osspost.GrantKind;
import io.osspost.TokenGrant;
import io.osspost.UploadGrants;
import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.credentials.TokenScope;
import io.osspost.credentials.TokenVendor;
import io.osspost.emulator.OssEmulator;
import io.osspost.profile.Caller;
import io.osspost.profile.UploadProfile;
import io.osspost.sts.cache.VirtualTime;
import io.osspost.sts.source.AssumedRole;
import io.osspost.sts.source.ServerClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens for clients, issued by the emulator's STS and limited to their policies by its OSS. */
class StsTokensTest {
  private static final UploadProfile IN_PARTS =
      UploadProfile.builder("parts").dir("uploads/{principal}/").tokenMultipart(true).build();

  private OssEmulator oss;
  private FaultySts sts;
  private OssCredentialsProvider caller;
  private TokenVendor vendor;

  @BeforeEach
  void start() throws IOException {
    oss = OssEmulator.builder().stsPort(0).start();
    sts = new FaultySts(oss.stsEndpoint());
    caller = OssCredentialsProvider.of(OssCredentials.of(oss.accessKeyId(), oss.accessKeySecret()));
    vendor = role().tokensFor(caller);
  }

  @AfterEach
  void stop() throws IOException {
    sts.close();
    oss.close();
  }

  private StsRole role() {
    return StsRole.of(oss.roleArn()).endpoint(sts.endpoint());
  }

  private static TokenScope scope(String name) {
    return new TokenScope(
        "examplebucket", "uploads/" + name + "/", false, Optional.of(name), Duration.ofMinutes(10));
  }

  private TokenGrant grant(String principal, UploadProfile profile) {
    return UploadGrants.builder(TestUploads.bucket(oss))
        .credentials(caller)
        .tokens(vendor)
        .profile(profile, Set.of(GrantKind.TOKEN))
        .build()
        .token(profile.name(), Caller.named(principal));
  }

  private OSS client(OssCredentials token) {
    return new OSSClientBuilder()
        .build(
            oss.endpoint().toString(),
            new DefaultCredentialProvider(
                token.accessKeyId(), token.accessKeySecret(), token.securityToken().orElseThrow()));
  }

  private void put(OSS client, String key) {
    client.putObject(oss.bucket(), key, new ByteArrayInputStream("hello".getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice", "*", "a/../b", "a?", "${oss:bucket}", "..", "ü \"x\"", "\\"})
  void aTokenUploadsBelowItsPrefixAndDoesNothingElse(String principal) {
    TokenGrant grant = grant(principal, UploadProfile.builder("default").build());
    put(client(key()), "uploads/bob/a.txt");
    OSS client = client(grant.credentials());
    try {
      put(client, grant.prefix() + "a.txt");
      assertThat(oss.object(grant.prefix() + "a.txt")).isPresent();

      refused(() -> put(client, "uploads/bob/a.txt"));
      refused(() -> put(client, "a.txt"));
      refused(() -> put(client, grant.prefix().substring(0, grant.prefix().length() - 1)));
      refused(() -> client.getObject(oss.bucket(), grant.prefix() + "a.txt").close());
      refused(() -> client.deleteObject(oss.bucket(), grant.prefix() + "a.txt"));
      refused(() -> client.listObjects(oss.bucket(), grant.prefix()));
      refused(() -> client.getObject(oss.bucket(), "uploads/bob/a.txt").close());
    } finally {
      client.shutdown();
    }
  }

  /** A session of the whole role, to store objects that tokens must not reach. */
  private OssCredentials key() {
    try (OssCredentialsProvider whole = role().assumedBy(caller)) {
      return whole.resolve();
    }
  }

  /** oss:PutObject permits parts, so each token also permits to list and abort them. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void holderCleansUpPartsBelowThePrefixOnly(boolean multipart) {
    UploadProfile profile = multipart ? IN_PARTS : UploadProfile.builder("default").build();
    TokenGrant grant = grant("alice", profile);
    OSS holder = client(grant.credentials());
    OSS other = client(grant("bob", profile).credentials());
    try {
      String key = grant.prefix() + "v.mp4";
      String upload =
          holder
              .initiateMultipartUpload(new InitiateMultipartUploadRequest(oss.bucket(), key))
              .getUploadId();
      AbortMultipartUploadRequest abort =
          new AbortMultipartUploadRequest(oss.bucket(), key, upload);
      refused(() -> other.listParts(new ListPartsRequest(oss.bucket(), key, upload)));
      refused(() -> other.abortMultipartUpload(abort));
      assertThat(holder.listParts(new ListPartsRequest(oss.bucket(), key, upload)).getParts())
          .isEmpty();
      holder.abortMultipartUpload(abort);
    } finally {
      holder.shutdown();
      other.shutdown();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = CannedAccessControlList.class,
      names = {"PublicRead", "PublicReadWrite"})
  void holderCannotPublishAnObject(CannedAccessControlList acl) {
    TokenGrant grant = grant("alice", IN_PARTS);
    OSS holder = client(grant.credentials());
    try {
      ObjectMetadata metadata = new ObjectMetadata();
      metadata.setObjectAcl(acl);
      String key = grant.prefix() + "a.html";
      refused(
          () ->
              holder.putObject(oss.bucket(), key, new ByteArrayInputStream(new byte[1]), metadata));
      refused(
          () ->
              holder.initiateMultipartUpload(
                  new InitiateMultipartUploadRequest(oss.bucket(), key, metadata)));
      put(holder, key);
      refused(() -> holder.setObjectAcl(oss.bucket(), key, acl));
      assertThat(oss.object(key).orElseThrow().acl()).isEqualTo("default");
      metadata.setObjectAcl(CannedAccessControlList.Private);
      holder.putObject(oss.bucket(), key, new ByteArrayInputStream(new byte[1]), metadata);
    } finally {
      holder.shutdown();
    }
  }

  @Test
  void tokenExpiresOnTime() {
    TokenGrant grant = grant("alice", UploadProfile.builder("default").build());
    OSS client = client(grant.credentials());
    try {
      put(client, grant.prefix() + "a.txt");
      oss.clock().set(grant.expiresAt().plusSeconds(1));
      refused(() -> put(client, grant.prefix() + "b.txt"));
    } finally {
      client.shutdown();
    }
  }

  @Test
  void repeatedRequestGetsTheCachedToken() {
    OssCredentials first = vendor.vend(scope("alice"));
    assertThat(vendor.vend(scope("alice"))).isSameAs(first);
    assertThat(vendor.vend(scope("bob"))).isNotSameAs(first);
    assertThat(sts.calls).hasValue(2);
  }

  @Test
  void aTokenWithLessThanFiveMinutesLeftIsReplaced() {
    VirtualTime time = new VirtualTime();
    time.pass(Duration.between(time.instant(), Clock.systemUTC().instant()));
    StsTokens tokens =
        new StsTokens(
            role().session(),
            new AssumedRole(role().session(), caller, new ServerClock(time)),
            new CallRate(1000, Duration.ZERO));
    OssCredentials first = tokens.vend(scope("alice"));
    time.pass(Duration.ofMinutes(4).plusSeconds(50));
    assertThat(tokens.vend(scope("alice"))).isSameAs(first);
    oss.clock().advance(Duration.ofMinutes(10).plusSeconds(5));
    time.pass(Duration.ofMinutes(5).plusSeconds(15));
    assertThat(tokens.vend(scope("alice"))).isNotSameAs(first);
  }

  @Test
  void callersOfOneScopeShareACall() throws Exception {
    sts.delayMillis = 300;
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<OssCredentials>> answers = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        answers.add(threads.submit(() -> vendor.vend(scope("alice"))));
      }
      for (Future<OssCredentials> answer : answers) {
        assertThat(answer.get(10, TimeUnit.SECONDS)).isSameAs(answers.get(0).get());
      }
      assertThat(sts.calls).hasValue(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void manyCallersNeedOneCallEach() {
    costOneCallEach(150);
  }

  @Test
  @Tag("full")
  void tenThousandCallersNeedOneCallEach() {
    costOneCallEach(10_000);
  }

  /** The emulator rejects more than a hundred calls per second, and that would fail this test. */
  private void costOneCallEach(int count) {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < count; i++) {
        vendor.vend(scope("user" + i));
      }
    }
    assertThat(sts.calls).hasValue(count);
  }

  @Test
  void rejectsCallersBeyondTheQueue() throws Exception {
    StsTokens slow =
        new StsTokens(
            role().session(),
            new AssumedRole(role().session(), caller, new ServerClock(Clock.systemUTC())),
            new CallRate(1, Duration.ofMillis(10)));
    slow.vend(scope("alice"));
    assertThatExceptionOfType(CredentialsUnavailableException.class)
        .isThrownBy(() -> slow.vend(scope("bob")))
        .withMessageContaining("than STS issues per second");
    assertThat(slow.vend(scope("alice")).accessKeyId()).startsWith("STS.");
    TimeUnit.MILLISECONDS.sleep(1100);
    assertThat(slow.vend(scope("bob")).accessKeyId()).startsWith("STS.");
  }

  @Test
  void anOutageOfStsSparesTokensAtHandAndRefusesOthersAtOnce() throws Exception {
    OssCredentials alice = vendor.vend(scope("alice"));
    sts.fault = FaultySts.Fault.BROKEN;
    assertThatExceptionOfType(CredentialsUnavailableException.class)
        .isThrownBy(() -> vendor.vend(scope("bob")))
        .withMessageContaining("500 InternalError");
    int calls = sts.calls.get();
    assertThat(vendor.vend(scope("alice"))).isSameAs(alice);
    assertThatExceptionOfType(CredentialsUnavailableException.class)
        .isThrownBy(() -> vendor.vend(scope("carol")));
    assertThat(sts.calls).hasValue(calls);
    sts.fault = FaultySts.Fault.NONE;
    TimeUnit.MILLISECONDS.sleep(1100);
    assertThat(vendor.vend(scope("bob")).accessKeyId()).startsWith("STS.");
  }

  @Test
  void tokensUseTheCallerOfTheSigningRole() {
    try (OssCredentialsProvider signing = role().assumedBy(caller)) {
      TokenVendor tokens = role().tokensFor(signing);
      assertThat(tokens.vend(scope("alice")).accessKeyId()).startsWith("STS.");
      assertThat(sts.calls).as("the signing role itself is not needed").hasValue(1);
    }
  }

  private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatExceptionOfType(OSSException.class)
        .isThrownBy(call)
        .satisfies(
            refusal ->
                assertThat(refusal.getErrorCode())
                    .isIn("AccessDenied", "InvalidAccessKeyId", "SecurityTokenExpired"));
  }
}
