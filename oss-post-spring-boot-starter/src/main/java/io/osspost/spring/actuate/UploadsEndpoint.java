package io.osspost.spring.actuate;

import io.osspost.GrantKind;
import io.osspost.PostFormat;
import io.osspost.PutFormat;
import io.osspost.UploadOffer;
import io.osspost.object.OssBucket;
import io.osspost.profile.UploadProfile;
import io.osspost.settings.UploadSettings;
import io.osspost.web.UploadEndpoints;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** Shows operators the buckets and the limits of each profile: names and limits, no secrets. */
@Endpoint(id = "ossupload")
final class UploadsEndpoint {
  private final UploadSettings settings;
  private final UploadEndpoints endpoints;

  UploadsEndpoint(UploadSettings settings, UploadEndpoints endpoints) {
    this.settings = settings;
    this.endpoints = endpoints;
  }

  @ReadOperation
  Map<String, Object> uploads() {
    Map<String, Object> uploads = new LinkedHashMap<>();
    uploads.put("bucket", described(settings.bucket()));
    uploads.put("paths", endpoints.paths());
    uploads.put("callbacks", endpoints.callbackPath().isPresent());
    Map<String, Object> profiles = new LinkedHashMap<>();
    for (UploadOffer offer : endpoints.grants().offers()) {
      profiles.put(offer.profile().name(), described(offer));
    }
    uploads.put("profiles", profiles);
    return uploads;
  }

  private static Map<String, Object> described(OssBucket bucket) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("name", bucket.name());
    description.put("region", bucket.region());
    description.put("url", bucket.url().toString());
    return description;
  }

  private Map<String, Object> described(UploadOffer offer) {
    UploadProfile profile = offer.profile();
    Map<String, Object> description = new LinkedHashMap<>();
    profile.bucket().ifPresent(bucket -> description.put("bucket", described(bucket)));
    description.put("grants", offer.kinds().stream().sorted().map(GrantKind::code).toList());
    description.put("formats", offer.postFormats().stream().map(PostFormat::code).toList());
    description.put("putFormats", offer.putFormats().stream().map(PutFormat::code).toList());
    description.put("minSize", profile.minSize());
    description.put("maxSize", profile.maxSize());
    description.put("contentTypes", profile.contentTypes());
    description.put("validity", profile.validity().toString());
    description.put("roles", profile.roles().stream().sorted().toList());
    description.put(
        "admitsAnonymous",
        settings.allowsAnonymous() && profile.roles().isEmpty() && profile.admitsAnonymous());
    description.put("signLength", profile.signLength());
    description.put("tokenMultipart", profile.tokenMultipart());
    return description;
  }
}
