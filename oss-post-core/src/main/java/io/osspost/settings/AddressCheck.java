package io.osspost.settings;

import io.osspost.object.OssBucket;
import io.osspost.wire.OssRegions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares the address in a setting with the bucket and the region. An address of another bucket or
 * region would only fail at the first upload, and the browser would blame CORS.
 */
final class AddressCheck {
  /** A host of OSS: the bucket, the service, and whether it is the internal one. */
  private static final Pattern OSS_HOST =
      Pattern.compile("(?:([a-z0-9-]+)\\.)?(oss-[a-z0-9-]+?)(-internal)?\\.aliyuncs\\.com");

  /** Hosts that pages with https may reach by http, too. */
  private static final Pattern THIS_MACHINE =
      Pattern.compile("(.*\\.)?localhost|127(\\.[0-9]+){3}|\\[::1]");

  private AddressCheck() {}

  /**
   * Rejects an endpoint of another bucket or another region.
   *
   * @param bucket with the configured name and region
   */
  static void require(OssBucket bucket, URI endpoint) {
    Matcher host = host(endpoint);
    if (!host.matches()) {
      return;
    }
    String named = host.group(1);
    if (named != null && !named.equals(bucket.name())) {
      throw new IllegalArgumentException(
          "'"
              + endpoint
              + "' is of bucket '"
              + named
              + "', but the bucket is '"
              + bucket.name()
              + "'. Write the endpoint without a bucket, or correct the bucket.");
    }
    Optional<String> region = OssRegions.regionOf(host.group(2));
    if (region.isPresent() && !region.get().equals(bucket.region())) {
      throw new IllegalArgumentException(
          "'"
              + endpoint
              + "' is of region '"
              + region.get()
              + "', but the region is '"
              + bucket.region()
              + "'. Write 'https://"
              + OssRegions.service(bucket.region())
              + ".aliyuncs.com', or correct the region.");
    }
  }

  /** Returns a warning about each doubtful setting of the bucket whose settings have the prefix. */
  static List<String> warnings(SettingReader reader, String prefix, String region) {
    List<String> warnings = new ArrayList<>();
    if (!OssRegions.isKnown(region)) {
      warnings.add(
          prefix
              + "region is '"
              + region
              + "', which is not a known region of OSS. Did you mean '"
              + OssRegions.nearest(region)
              + "'? For a new region or a private cloud, ignore this.");
    }
    Optional<URI> endpoint =
        reader.text(prefix + "endpoint").filter(text -> text.contains("://")).map(URI::create);
    endpoint
        .map(URI::getHost)
        .filter(host -> host.matches("oss[.-].*") && !host.endsWith(".aliyuncs.com"))
        .ifPresent(
            host ->
                warnings.add(
                    prefix
                        + "endpoint is used as a domain of this bucket alone. If '"
                        + host
                        + "' is the endpoint of a private cloud, put the bucket's name and a dot"
                        + " before it."));
    endpoint
        .map(AddressCheck::host)
        .filter(host -> host.matches() && host.group(3) != null)
        .ifPresent(
            host ->
                warnings.add(
                    prefix
                        + "endpoint is an internal address of OSS, which only browsers inside"
                        + " Alibaba Cloud reach. Set server-endpoint to internal instead, so that"
                        + " browsers use the public address."));
    endpoint
        .filter(AddressCheck::isMixedContent)
        .ifPresent(
            url ->
                warnings.add(
                    prefix
                        + "endpoint begins with http. Browsers refuse to upload there from pages"
                        + " with https (mixed content), and others can read uploads and tokens on"
                        + " the way. Write https. If all pages have http, ignore this."));
    return warnings;
  }

  private static boolean isMixedContent(URI endpoint) {
    return "http".equals(endpoint.getScheme())
        && endpoint.getHost() != null
        && !THIS_MACHINE.matcher(endpoint.getHost().toLowerCase(Locale.ROOT)).matches();
  }

  private static Matcher host(URI endpoint) {
    String host = endpoint.getHost() == null ? "" : endpoint.getHost();
    return OSS_HOST.matcher(host.toLowerCase(Locale.ROOT));
  }
}
