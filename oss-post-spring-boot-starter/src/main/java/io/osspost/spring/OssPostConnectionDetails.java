package io.osspost.spring;

import io.osspost.credentials.OssCredentials;
import java.net.URI;
import java.util.Optional;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * The address and credentials of an OSS that takes precedence over the properties: an emulator in
 * this process or in a container.
 */
public interface OssPostConnectionDetails extends ConnectionDetails {
  /** {@return the bucket, instead of {@code oss.post.bucket}} */
  String bucket();

  /** {@return its region, instead of {@code oss.post.region}} */
  String region();

  /** {@return its address for browsers, instead of {@code oss.post.endpoint}} */
  URI endpoint();

  /** {@return the credentials that sign, instead of {@code oss.post.credentials}} */
  OssCredentials credentials();

  /** {@return the key that verifies callbacks, as PEM; OSS's own by default} */
  default Optional<String> callbackPublicKey() {
    return Optional.empty();
  }

  /** {@return the address of this application for callbacks, if the properties do not set it} */
  default Optional<URI> callbackUrl() {
    return Optional.empty();
  }

  /** {@return the address of STS; without it there are no tokens} */
  default Optional<URI> stsEndpoint() {
    return Optional.empty();
  }

  /** {@return the role of clients' tokens; empty by default} */
  default Optional<String> tokenRoleArn() {
    return Optional.empty();
  }
}
