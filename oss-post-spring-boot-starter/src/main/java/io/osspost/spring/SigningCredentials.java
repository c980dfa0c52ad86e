package io.osspost.spring;

import io.osspost.credentials.OssCredentialsProvider;

/**
 * The credentials that sign, selected once. Grants, the vendor's client, health and metrics use
 * them, whichever other providers the application declares.
 *
 * @param provider the credentials
 */
public record SigningCredentials(OssCredentialsProvider provider) {}
