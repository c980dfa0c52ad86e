package io.osspost;

import io.osspost.admission.Admission;
import io.osspost.credentials.OssCredentials;
import io.osspost.profile.UploadProfile;
import io.osspost.sign.SignatureVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Checks at startup that a profile's kinds and formats of grants can carry its settings. Without
 * this check, a mistake would appear only at an upload. Immutable.
 *
 * @param signatureVersion the version of presigned URLs and of format {@code form}
 * @param callback whether every grant must carry a callback
 * @param mark whether objects are marked with the grant id
 * @param tokens whether there is a source of security tokens
 * @param quotas whether there is a ledger that counts bytes and open uploads
 */
record OfferCheck(
    SignatureVersion signatureVersion,
    boolean callback,
    boolean mark,
    boolean tokens,
    boolean quotas) {
  /** The speed of a good mobile or home connection for uploads. */
  private static final long FAST_LINE_MEGABITS = 20;

  /**
   * Checks an offer by itself.
   *
   * @throws IllegalArgumentException if one of its kinds or formats cannot carry a setting of the
   *     profile
   */
  static void requireConsistent(OfferSettings offer) {
    if (offer.kinds().contains(GrantKind.TOKEN)) {
      new Admission(offer.profile()).requireEnforceableByTokens();
    } else if (offer.profile().tokenMultipart()) {
      throw new IllegalArgumentException(
          "Profile '"
              + offer.profile().name()
              + "' lets tokens upload in parts, but grants none. Add token to its grants, or remove "
              + "token-multipart.");
    }
    if (offer.profile().signLength() && !offer.kinds().contains(GrantKind.PUT)) {
      throw new IllegalArgumentException(
          "Profile '"
              + offer.profile().name()
              + "' sets sign-length, which only presigned URLs carry. Add put to its grants, or remove"
              + " the setting. Forms always enforce the size, and parts have multipart.sign-length.");
    }
    if (offer.profile().minSize() > SingleRequest.LARGEST
        && (offer.kinds().contains(GrantKind.POST) || offer.kinds().contains(GrantKind.PUT))) {
      throw new IllegalArgumentException(
          "Profile '"
              + offer.profile().name()
              + "' has a min-size of more than 5 GB, which no form and no URL can carry. Remove post"
              + " and put from its grants, or decrease min-size.");
    }
    if (offer.profile().maxSize() > SingleRequest.LARGEST
        && !offer.kinds().contains(GrantKind.MULTIPART)) {
      throw new IllegalArgumentException(
          "Profile '"
              + offer.profile().name()
              + "' has a max-size of more than 5 GB, which OSS stores only in parts. Add multipart to"
              + " its grants, or decrease max-size.");
    }
    if (!offer.kinds().contains(GrantKind.POST)
        && (offer.profile().successStatus() != 200
            || offer.profile().successRedirect().isPresent())) {
      throw new IllegalArgumentException(
          "Profile '"
              + offer.profile().name()
              + "' sets success-status or success-redirect, which only forms carry. Add post to its"
              + " grants, or remove the setting.");
    }
    if (offer.profile().quota().openUploads().isPresent()
        && !offer.kinds().contains(GrantKind.MULTIPART)) {
      throw new IllegalArgumentException(
          "Profile '"
              + offer.profile().name()
              + "' sets open-uploads, which limits uploads in parts, but grants none. Add multipart to"
              + " its grants, or remove open-uploads.");
    }
    requireCountable(offer);
    offer.enforcements().forEach(enforcement -> enforcement.requireCarried(offer.profile(), false));
    if (offer.kinds().contains(GrantKind.PUT) || offer.kinds().contains(GrantKind.MULTIPART)) {
      requireHeaders(offer.profile());
    }
  }

  /** Rejects a quota with grants whose size or number of objects OSS does not enforce. */
  private static void requireCountable(OfferSettings offer) {
    if (!offer.profile().quota().limitsBytes()) {
      return;
    }
    String profile = "Profile '" + offer.profile().name() + "' has a quota, ";
    if (offer.kinds().contains(GrantKind.TOKEN) || offer.kinds().contains(GrantKind.PUT)) {
      throw new IllegalArgumentException(
          profile
              + "but tokens and presigned URLs do not limit the size of an upload. Remove token and"
              + " put from its grants, or remove the quota.");
    }
    if (!offer.kinds().contains(GrantKind.POST)) {
      return;
    }
    if (!offer.postFormats().equals(List.of(PostFormat.FORM))) {
      throw new IllegalArgumentException(
          profile
              + "but objects of the tutorials' formats do not carry the id of their grant. Remove"
              + " formats, which defaults to form, or remove the quota.");
    }
    if (!offer.profile().requiresFilename()) {
      throw new IllegalArgumentException(
          profile
              + "but a form without a file name stores any number of objects. Set require-filename to"
              + " true, or remove the quota.");
    }
  }

  /** Rejects metadata that a form can carry, but no header. */
  private static void requireHeaders(UploadProfile profile) {
    profile
        .metadata()
        .forEach(
            (name, value) -> {
              if (!value.chars().allMatch(c -> c < 0x7F)) {
                throw new IllegalArgumentException(
                    "Profile '"
                        + profile.name()
                        + "' sets metadata."
                        + name
                        + ", which grants of kinds put and multipart send as a header, in ASCII"
                        + " characters only. Percent-encode it, or remove these kinds.");
              }
            });
  }

  /**
   * Checks an offer against the settings that all grants share.
   *
   * @throws IllegalArgumentException if it contradicts them
   */
  void requirePossible(OfferSettings offer) {
    String name = offer.profile().name();
    if (offer.profile().quota().openUploads().isPresent() && !quotas) {
      throw new IllegalArgumentException(
          "Profile '"
              + name
              + "' sets open-uploads, but there is no ledger that counts uploads. Set store.type to"
              + " jdbc, or remove open-uploads.");
    }
    if (offer.profile().quota().limitsBytes() && !quotas) {
      throw new IllegalArgumentException(
          "Profile '"
              + name
              + "' has a quota, but there is no ledger that counts bytes. Set store.type to jdbc, or"
              + " remove the quota.");
    }
    if (offer.profile().quota().limitsBytes() && !mark) {
      throw new IllegalArgumentException(
          "Profile '"
              + name
              + "' has a quota, whose objects are recognized by the mark, but mark is false. Remove"
              + " that setting, or remove the quota.");
    }
    if (offer.kinds().contains(GrantKind.MULTIPART) && !mark) {
      throw new IllegalArgumentException(
          "Profile '"
              + name
              + "' grants uploads in parts, which are recognized by the mark, but mark is false."
              + " Remove that setting, or remove multipart from the profile's grants.");
    }
    if (offer.kinds().contains(GrantKind.TOKEN) && !tokens) {
      throw new IllegalArgumentException(
          "Profile '"
              + name
              + "' grants tokens, but there is no token vendor. Set one (token.role-arn, in "
              + "settings), or remove token from its grants.");
    }
    requireSignedHeaders(offer);
    if (signatureVersion == SignatureVersion.V1 && offer.profile().signLength()) {
      throw new IllegalArgumentException(
          "A V1 signature does not cover the length of a file, but profile '"
              + name
              + "' sets sign-length. Set signature-version to v4, or remove sign-length: OSS then"
              + " accepts a file of any size.");
    }
    if (mark && offer.profile().metadata().containsKey("grant")) {
      throw new IllegalArgumentException(
          "Profile '"
              + name
              + "' sets metadata.grant, which carries the mark of the grant. Choose another name,"
              + " or set mark to false.");
    }
    offer
        .enforcements()
        .forEach(enforcement -> enforcement.requireCarried(offer.profile(), callback));
  }

  /** Rejects headers of presigned URLs that a V1 signature does not cover. */
  private void requireSignedHeaders(OfferSettings offer) {
    UploadProfile profile = offer.profile();
    if (signatureVersion == SignatureVersion.V4
        || !offer.kinds().contains(GrantKind.PUT)
        || profile.optionalHeaders()) {
      return;
    }
    Map<String, Optional<String>> uncovered = new LinkedHashMap<>();
    uncovered.put("disposition", profile.disposition());
    uncovered.put("cache-control", profile.cacheControl());
    uncovered.put("content-encoding", profile.contentEncoding());
    uncovered.put("expires", profile.expires());
    uncovered.forEach(
        (setting, value) -> {
          if (value.isPresent()) {
            throw new IllegalArgumentException(
                "A V1 signature does not cover the "
                    + setting
                    + " that profile '"
                    + profile.name()
                    + "' sets. Set signature-version to v4, remove the "
                    + setting
                    + ", or remove 'put' from the profile's grants.");
          }
        });
  }

  /** Returns a sentence for each kind and format whose defaults or limits OSS does not enforce. */
  List<String> weaknesses(OfferSettings offer) {
    List<String> weaknesses = new ArrayList<>();
    for (Enforcement enforcement : offer.enforcements()) {
      String weakness = enforcement.weakness(offer.profile(), mark);
      if (!weakness.isEmpty()) {
        weaknesses.add(weakness);
      }
    }
    return weaknesses;
  }

  /**
   * Returns a warning if a file of the maximum size needs a faster line than many users have; empty
   * otherwise. OSS checks the expiration when it has received the whole form.
   */
  static Optional<String> haste(OfferSettings offer) {
    UploadProfile profile = offer.profile();
    long largest = SingleRequest.maxSize(profile);
    Duration validity =
        offer.pagesStateSize() ? profile.validityFor(OptionalLong.of(largest)) : profile.validity();
    long megabits = largest * 8 / 1_000_000 / Math.max(1, validity.toSeconds());
    boolean limited =
        offer.kinds().contains(GrantKind.POST) || offer.kinds().contains(GrantKind.PUT);
    return limited && megabits > FAST_LINE_MEGABITS
        ? Optional.of(
            "Profile '"
                + profile.name()
                + "': a file of max-size arrives before the grant expires only at "
                + megabits
                + " Mbit/s or more. Increase profiles."
                + profile.name()
                + ".validity, or decrease max-size.")
        : Optional.empty();
  }

  /** Returns a sentence for each format that no page can use with {@code credentials}. */
  static List<String> mismatches(OfferSettings offer, OssCredentials credentials) {
    List<String> mismatches = new ArrayList<>();
    if (!offer.kinds().contains(GrantKind.POST)) {
      return mismatches;
    }
    for (PostFormat format : offer.postFormats()) {
      Optional<String> fact = format.mismatch(credentials);
      if (fact.isPresent()) {
        mismatches.add(
            "Profile '"
                + offer.profile().name()
                + "' answers 503 in format "
                + format.code()
                + ". "
                + fact.get()
                + " "
                + format.mismatchFix());
      }
    }
    return mismatches;
  }
}
