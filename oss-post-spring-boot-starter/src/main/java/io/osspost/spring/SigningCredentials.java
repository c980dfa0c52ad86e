package io.osspost.spring;

import io.osspost.credentials.OssCredentialsProvider;

/**
 * What signs, decided once: grants, the vendor's client, health and metrics take it from here,
 * whichever providers the application declares besides.
 *
 * @param provider what signs
 */
public record SigningCredentials(OssCredentialsProvider provider) {}
