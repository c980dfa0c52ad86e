package io.osspost.spring;

import io.osspost.credentials.OssCredentials;
import java.net.URI;
import java.util.Optional;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where OSS is and what signs, from something that knows better than the properties: an emulator in
 * this process or in a container.
 */
public interface OssPostConnectionDetails extends ConnectionDetails {
  /** {@return the bucket uploads go to, instead of {@code oss.post.bucket}} */
  String bucket();

  /** {@return its region, instead of {@code oss.post.region}} */
  String region();

  /** {@return where browsers reach it, instead of {@code oss.post.endpoint}} */
  URI endpoint();

  /** {@return what signs, instead of what {@code oss.post.credentials} says} */
  OssCredentials credentials();

  /** {@return the PEM of the key callbacks are signed with; OSS's own unless overridden} */
  default Optional<String> callbackPublicKey() {
    return Optional.empty();
  }

  /** {@return where this application is called back, where the properties do not say} */
  default Optional<URI> callbackUrl() {
    return Optional.empty();
  }

  /** {@return where STS is asked; nowhere else may requests go, so there are no tokens without} */
  default Optional<URI> stsEndpoint() {
    return Optional.empty();
  }

  /** {@return the role whose tokens clients get; none unless overridden} */
  default Optional<String> tokenRoleArn() {
    return Optional.empty();
  }
}
