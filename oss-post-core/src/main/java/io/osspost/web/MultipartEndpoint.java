package io.osspost.web;

import io.osspost.GrantKind;
import io.osspost.OfferLease;
import io.osspost.UploadGrants;
import io.osspost.UploadOffer;
import io.osspost.multipart.MultipartGrant;
import io.osspost.multipart.MultipartUploads;
import io.osspost.profile.Caller;
import io.osspost.profile.UploadRefusedException;
import io.osspost.profile.UploadRefusedException.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The HTTP endpoints of uploads in parts. Parameters are read from the body only, because the
 * addresses of requests are logged in many places, and a ticket must not be.
 */
final class MultipartEndpoint {
  private final UploadGrants grants;
  private final MultipartUploads all;

  MultipartEndpoint(UploadGrants grants, MultipartUploads uploads) {
    this.grants = grants;
    this.all = uploads;
  }

  /** Does one step for a caller that is known and within its rate. */
  WebResponse respond(MultipartStep step, WebRequest request, Caller caller, Attempt attempt) {
    RequestParameters parameters = RequestParameters.ofBody(request);
    MultipartUploads uploads = all.of(request);
    if (step != MultipartStep.START) {
      UploadEndpoints.requireRole(uploads.profileOf(parameters.ticket(), caller), request);
    }
    return switch (step) {
      case START -> start(request, caller, attempt);
      case SIGN ->
          WebResponse.json(uploads.sign(parameters.ticket(), caller, numbers(parameters)).toJson());
      case PARTS -> WebResponse.json(uploads.parts(parameters.ticket(), caller).toJson());
      case COMPLETE ->
          WebResponse.json(
              uploads.complete(parameters.ticket(), caller, crc64(parameters)).toDetailedJson());
      case ABORT -> {
        uploads.abort(parameters.ticket(), caller);
        yield new WebResponse(204, Collections.emptyMap(), new byte[0]);
      }
    };
  }

  private WebResponse start(WebRequest request, Caller caller, Attempt attempt) {
    GrantRequest wanted = GrantRequest.read(request, grants);
    attempt.profile(wanted.profile());
    try (OfferLease lease = wanted.leaseOf(grants, caller, request)) {
      UploadOffer offer = lease.offer();
      UploadEndpoints.requireRole(offer.profile(), request);
      wanted.requireKind(GrantKind.MULTIPART, offer);
      MultipartGrant grant = all.start(offer, caller, wanted.planned());
      attempt.object(grant.key().value());
      return WebResponse.json(grant.toJson());
    }
  }

  /** Returns the CRC-64 without leading zeros. */
  private static Optional<String> crc64(RequestParameters parameters) {
    try {
      return parameters
          .single("crc64")
          .map(digits -> Long.toUnsignedString(Long.parseUnsignedLong(digits)));
    } catch (NumberFormatException e) {
      throw badParameter(
          "The CRC-64 is not a number of 64 bits.", "Send it in decimal digits, or omit it.");
    }
  }

  private static List<Integer> numbers(RequestParameters parameters) {
    TreeSet<Integer> numbers = new TreeSet<>();
    Optional<String> parts = parameters.single("parts");
    if (parts.isEmpty() || !parts.get().matches("[0-9]{1,5}(,[0-9]{1,5}){0,99}")) {
      throw badParameter(
          "The numbers of the parts are missing or malformed.", "Send them like 'parts=1,2,3'.");
    }
    for (String number : parts.get().split(",", -1)) {
      numbers.add(Integer.valueOf(number));
    }
    return new ArrayList<>(numbers);
  }

  private static UploadRefusedException badParameter(String fact, String fix) {
    return new UploadRefusedException(Reason.BAD_PARAMETER, fact, fix);
  }
}
