package io.osspost.object;

import io.osspost.wire.UrlText;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The addresses of buckets that profiles may have which are found at run time. They come from a
 * table that tenants may be able to change, and this server sends signed requests there. Immutable.
 *
 * <p>The official addresses of a bucket are allowed: {@code https}, no port, and exactly the host
 * of that bucket and region on OSS: public, internal, or transfer acceleration. The operator can
 * allow other endpoints. Hosts are compared as text, so no name is resolved.
 */
public final class EndpointRules {
  private static final EndpointRules OFFICIAL = new EndpointRules(Collections.emptyList());

  private final List<URI> allowed;

  private EndpointRules(List<URI> allowed) {
    this.allowed = allowed;
  }

  /** {@return rules that allow the official addresses only} */
  public static EndpointRules official() {
    return OFFICIAL;
  }

  /**
   * Returns rules that also allow some endpoints. An entry allows exactly its scheme, host and
   * port, also if that is a private address or plain {@code http}.
   *
   * @param endpoints like {@code https://oss.example.com} or {@code http://127.0.0.1:9000}
   * @return a copy
   * @throws IllegalArgumentException if one of them is not an endpoint
   */
  public EndpointRules allowing(List<String> endpoints) {
    List<URI> all = new ArrayList<>(allowed);
    for (String endpoint : endpoints) {
      URI url;
      try {
        url = URI.create(endpoint);
        OssBucket.of("any", "cn-hangzhou").at(url);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "'"
                + UrlText.of(endpoint)
                + "' is not an endpoint. Write scheme and host, and a port if it has one, like"
                + " 'https://oss.example.com'. An entry has no wildcards.",
            e);
      }
      all.add(url);
    }
    return new EndpointRules(Collections.unmodifiableList(all));
  }

  /**
   * Checks the address of a bucket.
   *
   * @param bucket a bucket of a profile that was found at run time
   * @throws IllegalArgumentException if neither OSS nor the operator has such an address
   */
  public void require(OssBucket bucket) {
    if (!isOfficial(bucket) && !isAllowed(bucket)) {
      throw new IllegalArgumentException(
          "The address '"
              + UrlText.of(bucket.url())
              + "' of bucket '"
              + bucket.name()
              + "' is neither one of OSS in region '"
              + bucket.region()
              + "' nor allowed. Correct the bucket's endpoint, or let the operator add it to"
              + " tenants.endpoints.");
    }
  }

  private static boolean isOfficial(OssBucket bucket) {
    OssBucket home = OssBucket.of(bucket.name(), bucket.region());
    URI url = bucket.url();
    return url.equals(home.url())
        || url.equals(home.internal().url())
        || url.equals(home.accelerate().url());
  }

  private boolean isAllowed(OssBucket bucket) {
    return allowed.stream().anyMatch(endpoint -> bucket.url().equals(bucket.at(endpoint).url()));
  }
}
