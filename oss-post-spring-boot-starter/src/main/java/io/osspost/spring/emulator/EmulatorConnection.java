package io.osspost.spring.emulator;

import io.osspost.credentials.OssCredentials;
import io.osspost.emulator.OssEmulator;
import io.osspost.spring.OssPostConnectionDetails;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Directs uploads, callbacks and requests for tokens to the emulator in this process. */
final class EmulatorConnection implements OssPostConnectionDetails {
  private final OssEmulator emulator;
  private final @Nullable CallbackAddress calledBack;

  EmulatorConnection(OssEmulator emulator, @Nullable CallbackAddress calledBack) {
    this.emulator = emulator;
    this.calledBack = calledBack;
  }

  @Override
  public String bucket() {
    return emulator.bucket();
  }

  @Override
  public String region() {
    return emulator.region();
  }

  @Override
  public URI endpoint() {
    return emulator.endpoint();
  }

  @Override
  public OssCredentials credentials() {
    return OssCredentials.of(emulator.accessKeyId(), emulator.accessKeySecret());
  }

  @Override
  public Optional<String> callbackPublicKey() {
    return Optional.of(emulator.callbackPublicKeyPem());
  }

  @Override
  public Optional<URI> callbackUrl() {
    return Optional.ofNullable(calledBack).flatMap(CallbackAddress::callbackUrl);
  }

  @Override
  public Optional<URI> stsEndpoint() {
    return StsModule.isUsable() ? runningSts() : Optional.empty();
  }

  @Override
  public Optional<String> tokenRoleArn() {
    return stsEndpoint().map(url -> emulator.roleArn());
  }

  /** An emulator that the application starts may have no STS. */
  private Optional<URI> runningSts() {
    try {
      return Optional.of(emulator.stsEndpoint());
    } catch (IllegalStateException e) {
      return Optional.empty();
    }
  }
}
