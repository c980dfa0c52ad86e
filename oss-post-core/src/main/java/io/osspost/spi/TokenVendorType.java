package io.osspost.spi;

import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.credentials.TokenVendor;

/**
 * Opens the vendor of tokens for the setting {@code token.role-arn}. Loaded as a service, like a
 * {@link CredentialsType}.
 */
public interface TokenVendorType {
  /**
   * Opens a vendor that signs its requests with {@code signing}.
   *
   * @param roleArn the role of the tokens
   * @param credentials the settings below {@code credentials}
   * @param signing the credentials that sign the requests; they remain open while the vendor is
   *     used
   * @return the vendor
   * @throws IllegalArgumentException if {@code roleArn} is not the ARN of a role
   */
  TokenVendor open(String roleArn, CredentialsOptions credentials, OssCredentialsProvider signing);
}
