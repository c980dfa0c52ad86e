package io.osspost.spring.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.oss.OSS;
import com.aliyun.oss.OSSClient;
import com.aliyun.oss.OSSClientBuilder;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.emulator.OssEmulator;
import io.osspost.object.OssBucket;
import io.osspost.spring.Starter;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class OssPostClientAutoConfigurationTest {
  private final ApplicationContextRunner application = Starter.offWeb();

  @Test
  void theClientReadsAndWritesTheBucketWithTheKeysOfTheGrants() {
    Starter.bare(new ApplicationContextRunner())
        .withPropertyValues("oss.post.emulator.enabled=true")
        .run(
            context -> {
              OssEmulator emulator = context.getBean(OssEmulator.class);
              OSS client = context.getBean(OSS.class);
              client.putObject(
                  emulator.bucket(), "a.txt", new ByteArrayInputStream(new byte[] {1, 2, 3}));
              assertThat(client.getObjectMetadata(emulator.bucket(), "a.txt").getContentLength())
                  .isEqualTo(3);
              assertThat(emulator.keys()).containsExactly("a.txt");
            });
  }

  @Test
  void renewedKeysSignTheNextRequest() {
    AtomicReference<OssCredentials> keys =
        new AtomicReference<>(OssCredentials.of("first", "secret"));
    OssCredentialsProvider renewing = keys::get;
    SharedCredentials shared = new SharedCredentials(renewing);
    assertThat(shared.getCredentials().getAccessKeyId()).isEqualTo("first");
    assertThat(shared.getCredentials().useSecurityToken()).isFalse();
    keys.set(OssCredentials.temporary("second", "secret", "token"));
    assertThat(shared.getCredentials().getAccessKeyId()).isEqualTo("second");
    assertThat(shared.getCredentials().getSecurityToken()).isEqualTo("token");
    assertThatThrownBy(() -> shared.setCredentials(shared.getCredentials()))
        .hasMessageContaining("declare an OSS bean");
  }

  @Test
  void clientClosesWithTheApplication() {
    AtomicReference<OSSClient> client = new AtomicReference<>();
    application.run(context -> client.set((OSSClient) context.getBean(OSS.class)));
    assertThatThrownBy(() -> client.get().doesBucketExist("examplebucket"))
        .hasStackTraceContaining("Connection pool shut down");
  }

  @Test
  void unusedClientIsNotCreated() {
    application.run(
        context ->
            assertThat(context.getBeanFactory().containsSingleton("ossPostClient")).isFalse());
  }

  @Test
  void yourClientWins() {
    OSS yours =
        new OSSClientBuilder().build("https://oss-cn-beijing.aliyuncs.com", "yours", "secret");
    application
        .withBean("yourClient", OSS.class, () -> yours)
        .run(
            context ->
                assertThat(context).hasSingleBean(OSS.class).doesNotHaveBean("ossPostClient"));
  }

  @Test
  void withoutTheVendorsClassesThereIsNoClient() {
    application
        .withClassLoader(new FilteredClassLoader("com.aliyun.oss"))
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("ossPostClient"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://oss-cn-hangzhou-internal.aliyuncs.com, https://oss-cn-hangzhou-internal.aliyuncs.com,"
        + " BUCKET_IN_HOST",
    "https://files.example.com, https://files.example.com, OWN_DOMAIN",
    "http://127.0.0.1:9000, http://127.0.0.1:9000, BUCKET_IN_PATH",
  })
  void theEndpointIsTheBucketsAddressAsTheClientSpellsIt(
      String configured, String endpoint, ClientAddress.Style style) {
    OssBucket bucket = OssBucket.of("examplebucket", "cn-hangzhou").at(URI.create(configured));
    assertThat(ClientAddress.of(bucket)).isEqualTo(new ClientAddress(endpoint, style));
  }

  @Test
  void publicAndAcceleratedBucketsAreNamedInTheHost() {
    OssBucket bucket = OssBucket.of("examplebucket", "cn-hangzhou");
    assertThat(List.of(ClientAddress.of(bucket), ClientAddress.of(bucket.accelerate())))
        .containsExactly(
            new ClientAddress(
                "https://oss-cn-hangzhou.aliyuncs.com", ClientAddress.Style.BUCKET_IN_HOST),
            new ClientAddress(
                "https://oss-accelerate.aliyuncs.com", ClientAddress.Style.BUCKET_IN_HOST));
  }
}
