package io.osspost.examples.tenants;

/**
 * One row of the table.
 *
 * @param revision grows with every change
 */
record Tenant(
    String name,
    String bucket,
    String region,
    String endpoint,
    String keyId,
    String keySecret,
    long maxSize,
    long revision) {
  /** Names tenant and bucket, never the secret. */
  @Override
  public String toString() {
    return "Tenant[" + name + ", " + bucket + ", revision " + revision + "]";
  }
}
