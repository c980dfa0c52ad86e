package io.osspost;

import io.osspost.profile.UploadProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A profile, and the kinds and formats of grants that it gives; the first format is the default.
 *
 * @param kinds at least one
 * @param postFormats the response formats of forms, at least one
 * @param putFormats the response formats of presigned PUTs, at least one
 */
record OfferSettings(
    UploadProfile profile,
    Set<GrantKind> kinds,
    List<PostFormat> postFormats,
    List<PutFormat> putFormats) {
  OfferSettings {
    kinds = Set.copyOf(kinds);
    postFormats = List.copyOf(postFormats);
    putFormats = List.copyOf(putFormats);
    if (postFormats.isEmpty() || putFormats.isEmpty() || kinds.isEmpty()) {
      throw new IllegalArgumentException(
          "Profile '" + profile.name() + "' grants nothing. Set at least one kind and one format.");
    }
  }

  /** Returns an offer of forms only, in format {@code form}. */
  static OfferSettings ofForms(UploadProfile profile) {
    return new OfferSettings(
        profile, Set.of(GrantKind.POST), List.of(PostFormat.FORM), List.of(PutFormat.FORM));
  }

  /** Returns whether no form is for a tutorial's page. Those pages do not state a file's size. */
  boolean pagesStateSize() {
    return !kinds.contains(GrantKind.POST) || postFormats.equals(List.of(PostFormat.FORM));
  }

  /** Returns the enforcement of each kind and format that this offer has. */
  List<Enforcement> enforcements() {
    List<Enforcement> enforcements = new ArrayList<>();
    if (kinds.contains(GrantKind.POST)) {
      postFormats.forEach(format -> enforcements.add(Enforcement.of(format, profile)));
    }
    if (kinds.contains(GrantKind.MULTIPART)) {
      enforcements.add(Enforcement.MULTIPART);
    }
    if (kinds.contains(GrantKind.PUT)) {
      putFormats.forEach(format -> enforcements.add(Enforcement.of(format, profile)));
    }
    if (kinds.contains(GrantKind.TOKEN)) {
      enforcements.add(Enforcement.TOKEN);
    }
    return enforcements;
  }
}
