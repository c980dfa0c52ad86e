package io.osspost;

import io.osspost.profile.UploadProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A profile, and the kinds and formats of grants that it gives; the first format is the default.
 *
 * @param kinds at least one
 * @param postFormats the formats of a form's answer, at least one
 * @param putFormats the formats of a presigned PUT's answer, at least one
 */
record OfferTerms(
    UploadProfile profile,
    Set<GrantKind> kinds,
    List<PostFormat> postFormats,
    List<PutFormat> putFormats) {
  OfferTerms {
    kinds = Set.copyOf(kinds);
    postFormats = List.copyOf(postFormats);
    putFormats = List.copyOf(putFormats);
    if (postFormats.isEmpty() || putFormats.isEmpty() || kinds.isEmpty()) {
      throw new IllegalArgumentException(
          "Profile '" + profile.name() + "' grants nothing. Name at least one kind and format.");
    }
  }

  /** Returns the offer of forms in format {@code form} alone. */
  static OfferTerms ofForms(UploadProfile profile) {
    return new OfferTerms(
        profile, Set.of(GrantKind.POST), List.of(PostFormat.FORM), List.of(PutFormat.FORM));
  }

  /** Returns the rows of the enforcement table that this offer uses. */
  List<Enforcement> rows() {
    List<Enforcement> rows = new ArrayList<>();
    if (kinds.contains(GrantKind.POST)) {
      postFormats.forEach(format -> rows.add(Enforcement.of(format, profile)));
    }
    if (kinds.contains(GrantKind.PUT)) {
      putFormats.forEach(format -> rows.add(Enforcement.of(format)));
    }
    if (kinds.contains(GrantKind.TOKEN)) {
      rows.add(Enforcement.TOKEN);
    }
    return rows;
  }
}
