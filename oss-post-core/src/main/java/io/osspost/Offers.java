package io.osspost;

import io.osspost.UploadGrants.Kind;
import io.osspost.callback.UploadTickets;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.TokenVendor;
import io.osspost.object.OssBucket;
import io.osspost.profile.Caller;
import io.osspost.profile.UploadProfile;
import io.osspost.sign.SignatureVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What each profile gives. Refuses an offer no page could use: what a grant cannot carry is said
 * when the server starts, not when somebody uploads. Not thread-safe while offers are added.
 */
final class Offers {
  private static final String DEFAULT = "default";

  /**
   * A profile, and what it gives; the first shape is the one nobody has to ask for.
   *
   * @param kinds the kinds of grant
   * @param shapes the shapes of a form's answer
   * @param putFormats the formats of a presigned PUT's answer
   */
  record Offer(
      UploadProfile profile, Set<Kind> kinds, List<FormShape> shapes, List<PutFormat> putFormats) {
    /** The rows of the table of settings that this offer uses. */
    List<Enforcement> rows() {
      List<Enforcement> rows = new ArrayList<>();
      if (kinds.contains(Kind.POST)) {
        shapes.forEach(shape -> rows.add(Enforcement.of(shape, profile)));
      }
      if (kinds.contains(Kind.PUT)) {
        putFormats.forEach(format -> rows.add(Enforcement.of(format)));
      }
      if (kinds.contains(Kind.TOKEN)) {
        rows.add(Enforcement.TOKEN);
      }
      return rows;
    }
  }

  /**
   * What all grants have in common, as far as it decides what can be offered.
   *
   * @param callback whether every grant must carry a callback
   * @param mark whether objects are marked with the grant id
   * @param tokens whether there is a source of security tokens
   */
  record Common(
      SignatureVersion signatureVersion, boolean callback, boolean mark, boolean tokens) {}

  private final Map<String, Offer> byName = new LinkedHashMap<>();

  void add(
      UploadProfile profile, Set<Kind> kinds, List<FormShape> shapes, List<PutFormat> putFormats) {
    if (shapes.isEmpty() || putFormats.isEmpty() || kinds.isEmpty()) {
      throw new IllegalArgumentException(
          "Profile '" + profile.name() + "' gives nothing. Name at least one kind and format.");
    }
    if (kinds.contains(Kind.TOKEN)) {
      profile.requireTokensKeepIt();
    } else if (profile.multipart()) {
      throw new IllegalArgumentException(
          "Profile '"
              + profile.name()
              + "' allows uploads in parts, which only tokens can make. Add token to its grants,"
              + " or take multipart out.");
    }
    Offer offer =
        new Offer(profile, Set.copyOf(kinds), List.copyOf(shapes), List.copyOf(putFormats));
    offer.rows().forEach(row -> row.requireCarried(profile, false));
    if (byName.putIfAbsent(profile.name(), offer) != null) {
      throw new IllegalArgumentException(
          "There are two profiles named '" + profile.name() + "'. Rename one.");
    }
  }

  /** These offers, and the default one where there are none. */
  Offers complete(Common common) {
    if (byName.isEmpty()) {
      UploadProfile profile = UploadProfile.named(DEFAULT).build();
      add(profile, Set.of(Kind.POST), List.of(FormShape.FORM), List.of(PutFormat.FORM));
    }
    for (Offer offer : byName.values()) {
      requirePossible(offer, common);
    }
    Offers complete = new Offers();
    complete.byName.putAll(byName);
    return complete;
  }

  List<UploadProfile> profiles() {
    return byName.values().stream().map(Offer::profile).toList();
  }

  Optional<Offer> find(String profileName) {
    return Optional.ofNullable(byName.get(profileName));
  }

  UploadProfile require(String profileName) {
    Offer offer = byName.get(profileName);
    if (offer == null) {
      throw new IllegalArgumentException(
          "There is no profile '" + profileName + "'. There are " + byName.keySet() + ".");
    }
    return offer.profile;
  }

  /** What a token may be used for that {@code profile} grants {@code caller}. */
  static TokenVendor.Scope scope(
      UploadProfile profile, OssBucket bucket, Caller caller, Instant now) {
    return new TokenVendor.Scope(
        bucket.name(),
        profile.tokenPrefix(caller, now),
        profile.multipart(),
        caller.principal(),
        profile.validity());
  }

  /** The scopes of all profiles that grant tokens, as long as any caller can make them. */
  List<TokenVendor.Scope> longestScopes(OssBucket bucket) {
    Caller longest = Caller.named("x".repeat(200));
    return byName.values().stream()
        .filter(offer -> offer.kinds.contains(Kind.TOKEN))
        .map(Offer::profile)
        .map(profile -> scope(profile, profile.bucket().orElse(bucket), longest, Instant.EPOCH))
        .toList();
  }

  /** What is offered in vain while {@code credentials} sign. */
  List<String> misfits(OssCredentials credentials) {
    List<String> misfits = new ArrayList<>();
    for (Offer offer : byName.values()) {
      for (FormShape shape : offer.shapes) {
        Optional<String> fact = shape.misfit(credentials);
        if (offer.kinds.contains(Kind.POST) && fact.isPresent()) {
          misfits.add(
              "Profile '"
                  + offer.profile.name()
                  + "' answers 503 in format "
                  + shape.code()
                  + ". "
                  + fact.get()
                  + " "
                  + shape.fitFix());
        }
      }
    }
    return misfits;
  }

  /** Sentences about the defaults and limits that OSS does not enforce, one a row in use. */
  List<String> weaknesses(boolean mark) {
    List<String> weaknesses = new ArrayList<>();
    for (Offer offer : byName.values()) {
      for (Enforcement row : offer.rows()) {
        String weakness = row.weakness(offer.profile, mark);
        if (!weakness.isEmpty()) {
          weaknesses.add(weakness);
        }
      }
    }
    return weaknesses;
  }

  private static void requirePossible(Offer offer, Common common) {
    String name = offer.profile.name();
    if (offer.kinds.contains(Kind.TOKEN) && !common.tokens) {
      throw new IllegalArgumentException(
          "Profile '"
              + name
              + "' grants tokens, but there is nobody to get them from. Set a token vendor"
              + " (token.role-arn, in settings), or take token out of its grants.");
    }
    if (common.signatureVersion == SignatureVersion.V1
        && offer.kinds.contains(Kind.PUT)
        && offer.profile.objectHeaders().containsKey("Content-Disposition")) {
      throw new IllegalArgumentException(
          "A V1 signature does not cover the disposition that profile '"
              + name
              + "' sets on what is put. Sign with v4, or take the disposition or put out.");
    }
    if (common.mark && offer.profile.formFields().containsKey(UploadTickets.MARK)) {
      throw new IllegalArgumentException(
          "Profile '"
              + name
              + "' sets metadata.grant, which carries the mark of the grant. Name that metadata"
              + " otherwise, or set mark to false.");
    }
    for (Enforcement row : offer.rows()) {
      row.requireCarried(offer.profile, common.callback);
    }
  }
}
