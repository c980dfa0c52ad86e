package io.osspost;

import io.osspost.credentials.OssCredentials;
import io.osspost.profile.UploadProfile;
import io.osspost.sign.ObjectRequest;
import io.osspost.sign.PresignedUrl;
import io.osspost.sign.UrlSigner;
import io.osspost.wire.PercentEncoding;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes the links to the objects of one profile: signed for the bucket's address, or unsigned below
 * the profile's public URL. Thread-safe.
 */
final class DownloadLinks {
  private static final String PROCESS = "x-oss-process";

  private final UploadProfile profile;
  private final UrlSigner urls;

  DownloadLinks(UploadProfile profile, UrlSigner urls) {
    this.profile = profile;
    this.urls = urls;
  }

  DownloadLink of(Download download, Supplier<OssCredentials> credentials, Instant now) {
    return profile
        .publicUrl()
        .map(root -> unsigned(root, download))
        .orElseGet(() -> signed(download, credentials.get(), now));
  }

  private DownloadLink signed(Download download, OssCredentials credentials, Instant now) {
    ObjectRequest request = ObjectRequest.get(download.key());
    request = with(request, "response-content-disposition", download.disposition());
    request = with(request, "response-content-type", download.type());
    request = with(request, PROCESS, download.process());
    PresignedUrl signed = urls.sign(request, credentials, now, download.validity());
    return new DownloadLink(download.key(), signed.text(), Optional.of(signed.expiresAt()));
  }

  private static ObjectRequest with(ObjectRequest request, String name, Optional<String> value) {
    return value.isPresent() ? request.query(name, value.get()) : request;
  }

  /** OSS refuses requests that are not signed and ask for other headers. */
  private DownloadLink unsigned(URI root, Download download) {
    if (download.disposition().isPresent() || download.type().isPresent()) {
      throw new IllegalArgumentException(
          "Profile '"
              + profile.name()
              + "' has a public-url, whose links are not signed, and OSS changes name and type only"
              + " for signed ones. Store them with the object (profiles."
              + profile.name()
              + ".disposition), or remove public-url.");
    }
    String query =
        download
            .process()
            .map(value -> "?" + PROCESS + "=" + PercentEncoding.component(value))
            .orElse("");
    return new DownloadLink(
        download.key(), root + UrlSigner.path(download.key()) + query, Optional.empty());
  }
}
