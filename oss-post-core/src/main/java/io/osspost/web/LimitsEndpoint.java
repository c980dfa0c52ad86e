package io.osspost.web;

import io.osspost.GrantKind;
import io.osspost.OfferLease;
import io.osspost.UploadGrants;
import io.osspost.UploadOffer;
import io.osspost.multipart.MultipartUploads;
import io.osspost.profile.Caller;
import io.osspost.profile.UploadProfile;
import io.osspost.wire.JsonText;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The limits of a profile, which a page can check before it requests a grant. */
final class LimitsEndpoint {
  static final String PATH = "/get_upload_limits";

  private final UploadGrants grants;
  private final @Nullable MultipartUploads multipart;

  LimitsEndpoint(UploadGrants grants, @Nullable MultipartUploads multipart) {
    this.grants = grants;
    this.multipart = multipart;
  }

  WebResponse respond(WebRequest request, Caller caller) {
    try (OfferLease lease = GrantRequest.read(request, grants).leaseOf(grants, caller, request)) {
      return respond(request, lease.offer());
    }
  }

  private WebResponse respond(WebRequest request, UploadOffer offer) {
    UploadProfile profile = offer.profile();
    UploadEndpoints.requireRole(profile, request);
    JsonText json = new JsonText().openObject().member("profile", profile.name());
    json.name("kinds")
        .values(offer.kinds().stream().sorted().map(GrantKind::code).collect(Collectors.toList()));
    json.member("minSize", profile.minSize()).member("maxSize", profile.maxSize());
    if (offer.requestMaxSize() < profile.maxSize()) {
      json.member("requestMaxSize", offer.requestMaxSize());
    }
    json.name("contentTypes").values(profile.contentTypes());
    if (multipart != null && offer.kinds().contains(GrantKind.MULTIPART)) {
      json.member("multipartFrom", multipart.worthwhileFrom());
    }
    json.member("validity", profile.validity().toSeconds());
    return WebResponse.json(json.closeObject().toBytes());
  }
}
