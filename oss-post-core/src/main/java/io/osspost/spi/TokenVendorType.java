package io.osspost.spi;

import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.credentials.TokenVendor;

/**
 * Opens the vendor that {@code token.role-arn} asks for. Found as a service, like a {@link
 * CredentialsType}.
 */
public interface TokenVendorType {
  /**
   * Opens a vendor that asks for tokens with {@code signing}.
   *
   * @param roleArn the role whose tokens are handed out
   * @param credentials the settings below {@code credentials}
   * @param signing the credentials that sign the requests, which stays open while the vendor is
   *     used
   * @return the vendor
   * @throws IllegalArgumentException when {@code roleArn} is none
   */
  TokenVendor open(String roleArn, CredentialsOptions credentials, OssCredentialsProvider signing);
}
