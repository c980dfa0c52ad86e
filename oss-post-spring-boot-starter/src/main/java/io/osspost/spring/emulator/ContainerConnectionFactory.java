package io.osspost.spring.emulator;

import io.osspost.credentials.OssCredentials;
import io.osspost.emulator.testcontainers.OssEmulatorContainer;
import io.osspost.spring.OssPostConnectionDetails;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionDetailsFactory;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionSource;

/** Supports {@code @ServiceConnection} on an {@link OssEmulatorContainer}. */
final class ContainerConnectionFactory
    extends ContainerConnectionDetailsFactory<OssEmulatorContainer, OssPostConnectionDetails> {
  @Override
  protected OssPostConnectionDetails getContainerConnectionDetails(
      ContainerConnectionSource<OssEmulatorContainer> source) {
    return new ContainerConnection(source);
  }

  /** Directs uploads and requests for tokens to the container. */
  private static final class ContainerConnection
      extends ContainerConnectionDetails<OssEmulatorContainer> implements OssPostConnectionDetails {
    private ContainerConnection(ContainerConnectionSource<OssEmulatorContainer> source) {
      super(source);
    }

    @Override
    public String bucket() {
      return getContainer().bucket();
    }

    @Override
    public String region() {
      return getContainer().region();
    }

    @Override
    public URI endpoint() {
      return getContainer().endpoint();
    }

    @Override
    public OssCredentials credentials() {
      return OssCredentials.of(getContainer().accessKeyId(), getContainer().accessKeySecret());
    }

    @Override
    public Optional<String> callbackPublicKey() {
      return Optional.of(
          "-----BEGIN PUBLIC KEY-----\n"
              + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                  .encodeToString(getContainer().callbackPublicKey().getEncoded())
              + "\n-----END PUBLIC KEY-----\n");
    }

    @Override
    public Optional<URI> stsEndpoint() {
      return StsModule.isUsable() ? Optional.of(getContainer().stsEndpoint()) : Optional.empty();
    }

    @Override
    public Optional<String> tokenRoleArn() {
      return StsModule.isUsable() ? Optional.of(getContainer().roleArn()) : Optional.empty();
    }
  }
}
