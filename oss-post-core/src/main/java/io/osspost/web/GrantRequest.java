package io.osspost.web;

import io.osspost.GrantKind;
import io.osspost.OfferLease;
import io.osspost.PostFormat;
import io.osspost.PutFormat;
import io.osspost.UploadGrants;
import io.osspost.UploadOffer;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadRefusedException;
import io.osspost.profile.UploadRefusedException.Reason;
import io.osspost.profile.UploadVars;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A request for a grant, read from its parameters. */
record GrantRequest(String profile, Optional<String> format, PlannedUpload planned) {

  private static final String DEFAULT = "default";

  /**
   * Reads the parameters of {@code request}.
   *
   * @param grants their only profile is requested if the request names none
   */
  static GrantRequest read(WebRequest request, UploadGrants grants) {
    RequestParameters parameters = RequestParameters.read(request);
    return new GrantRequest(
        parameters.single("profile").orElseGet(() -> unnamedProfile(grants)),
        parameters.single("format"),
        planned(parameters));
  }

  private static String unnamedProfile(UploadGrants grants) {
    List<UploadOffer> offers = grants.offers();
    return offers.size() == 1 && !grants.hasSource() ? offers.get(0).profile().name() : DEFAULT;
  }

  /** Returns the offer of the requested profile, to close after the request. */
  OfferLease leaseOf(UploadGrants grants, Caller caller, WebRequest request) {
    return grants
        .lease(profile, caller, request)
        .orElseThrow(
            () ->
                new UploadRefusedException(
                    Reason.UNKNOWN_PROFILE,
                    "There is no upload profile of that name.",
                    profile.equals(DEFAULT)
                        ? "Send 'profile' with the name of a profile that the operator configured."
                        : "Request a profile that the operator configured."));
  }

  /** Refuses a kind of grant that the profile does not offer. */
  void requireKind(GrantKind kind, UploadOffer offer) {
    if (!offer.kinds().contains(kind)) {
      throw new UploadRefusedException(
          Reason.GRANT_NOT_OFFERED,
          "Profile '" + profile + "' does not offer grants of kind " + kind.code() + ".",
          "The operator can add it to the profile's 'grants'.");
    }
  }

  /** Returns the requested format of a form, otherwise the profile's default. */
  PostFormat postFormat(UploadOffer offer) {
    return format(offer.postFormats(), PostFormat::of, PostFormat::code);
  }

  /** Returns the requested format of a presigned PUT, otherwise the profile's default. */
  PutFormat putFormat(UploadOffer offer) {
    return format(offer.putFormats(), PutFormat::of, PutFormat::code);
  }

  private <F> F format(
      List<F> offered, Function<String, Optional<F>> find, Function<F, String> code) {
    if (format.isEmpty()) {
      return offered.get(0);
    }
    String codes = offered.stream().map(code).collect(Collectors.joining(", "));
    F requested =
        find.apply(format.get())
            .orElseThrow(
                () ->
                    badParameter("There is no such format.", "This profile offers " + codes + "."));
    if (!offered.contains(requested)) {
      throw new UploadRefusedException(
          Reason.GRANT_NOT_OFFERED,
          "Profile '" + profile + "' does not offer format " + code.apply(requested) + ".",
          "This profile offers " + codes + ".");
    }
    return requested;
  }

  /**
   * Refuses parameters that describe a file. A token is for a directory, so it cannot enforce them.
   */
  void requireDirectoryOnly() {
    if (planned.filename().isPresent()
        || format.isPresent()
        || !planned.vars().values().isEmpty()) {
      throw badParameter(
          "A token is for a directory, so it has no file name, no format and no variables.",
          "Send only 'profile', or request a form or a URL instead.");
    }
  }

  private static PlannedUpload planned(RequestParameters parameters) {
    Optional<String> filename = parameters.single("filename");
    Optional<String> retry = parameters.single("retry");
    Optional<String> size = parameters.single("size");
    Optional<String> type = parameters.single("type");
    UploadVars vars = UploadVars.of(parameters.vars());
    if (filename.isEmpty()) {
      if (size.isPresent() || type.isPresent() || retry.isPresent()) {
        throw badParameter(
            "Parameters size, type and retry describe one file, but no file is named.",
            "Send 'filename' too, or omit them.");
      }
      return PlannedUpload.unnamed().vars(vars);
    }
    if (filename.get().isBlank()) {
      throw badParameter("The file name is blank.", "Send the file's name, or omit 'filename'.");
    }
    PlannedUpload planned = PlannedUpload.of(filename.get()).vars(vars);
    if (size.isPresent()) {
      planned = planned.size(bytes(size.get()));
    }
    if (type.isPresent()) {
      planned = planned.type(type.get());
    }
    return retry.isPresent() ? planned.retry(retry.get()) : planned;
  }

  private static long bytes(String size) {
    if (!size.matches("[0-9]{1,15}")) {
      throw badParameter(
          "The size is not a number of bytes.", "Send digits, such as size=1048576.");
    }
    return Long.parseLong(size);
  }

  private static UploadRefusedException badParameter(String fact, String fix) {
    return new UploadRefusedException(Reason.BAD_PARAMETER, fact, fix);
  }
}
