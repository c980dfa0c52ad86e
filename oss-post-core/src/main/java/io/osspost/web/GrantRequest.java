package io.osspost.web;

import io.osspost.FormShape;
import io.osspost.PutFormat;
import io.osspost.UploadGrants.Kind;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadRefusedException;
import io.osspost.profile.UploadRefusedException.Reason;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The parameters of a request for a grant, read strictly: what is odd is refused, not guessed. */
record GrantRequest(String profile, Optional<String> format, PlannedUpload planned) {

  static GrantRequest read(WebRequest request) {
    return new GrantRequest(
        single(request, "profile").orElse("default"), single(request, "format"), planned(request));
  }

  /** Refuses what the profile does not give; a profile that does not exist gives nothing. */
  void requireOffered(Kind kind, Set<Kind> offered) {
    if (offered.isEmpty()) {
      throw new UploadRefusedException(
          Reason.UNKNOWN_PROFILE,
          "There is no upload profile of that name.",
          "Ask for one the operator configured, or leave 'profile' out.");
    }
    if (!offered.contains(kind)) {
      throw new UploadRefusedException(
          Reason.GRANT_NOT_OFFERED,
          "Profile '" + profile + "' gives no grants of kind " + kind.code() + ".",
          "The operator can add it to the profile's 'grants'.");
    }
  }

  /** The shape asked for, else the profile's preferred one. */
  FormShape formShape(List<FormShape> offered) {
    if (format.isEmpty()) {
      return offered.get(0);
    }
    FormShape asked =
        FormShape.of(format.get())
            .orElseThrow(
                () ->
                    badParameter(
                        "There is no such format.", "Offered are " + codes(offered) + "."));
    if (!offered.contains(asked)) {
      throw new UploadRefusedException(
          Reason.GRANT_NOT_OFFERED,
          "Profile '" + profile + "' does not answer in format " + asked.code() + ".",
          "Offered are " + codes(offered) + ".");
    }
    return asked;
  }

  /** Returns the requested format of a presigned URL, else the profile's preferred one. */
  PutFormat putFormat(List<PutFormat> offered) {
    if (format.isEmpty()) {
      return offered.get(0);
    }
    String codes = offered.stream().map(PutFormat::code).collect(Collectors.joining(", "));
    PutFormat asked =
        PutFormat.of(format.get())
            .orElseThrow(
                () -> badParameter("There is no such format.", "Offered are " + codes + "."));
    if (!offered.contains(asked)) {
      throw new UploadRefusedException(
          Reason.GRANT_NOT_OFFERED,
          "Profile '" + profile + "' gives no URLs in format " + asked.code() + ".",
          "Offered are " + codes + ".");
    }
    return asked;
  }

  /** Refuses parameters a token cannot keep: it is for a directory, and says nothing of files. */
  void requireDirectoryOnly() {
    if (planned.filename().isPresent() || format.isPresent()) {
      throw badParameter(
          "A token is for a directory, not for one file, and has one format.",
          "Send 'profile' only, or ask for a form or a URL.");
    }
  }

  private static PlannedUpload planned(WebRequest request) {
    Optional<String> filename = single(request, "filename");
    Optional<String> size = single(request, "size");
    Optional<String> type = single(request, "type");
    if (filename.isEmpty()) {
      if (size.isPresent() || type.isPresent()) {
        throw badParameter(
            "Size and type describe one file, but no file is named.",
            "Send 'filename' too, or neither 'size' nor 'type'.");
      }
      return PlannedUpload.unnamed();
    }
    if (filename.get().isBlank()) {
      throw badParameter("The file name is blank.", "Send the file's name, or no 'filename'.");
    }
    PlannedUpload planned = PlannedUpload.of(filename.get());
    if (size.isPresent()) {
      planned = planned.size(bytes(size.get()));
    }
    if (type.isPresent()) {
      planned = planned.type(type.get());
    }
    Optional<String> retry = single(request, "retry");
    return retry.isPresent() ? planned.retry(retry.get()) : planned;
  }

  private static long bytes(String size) {
    if (!size.matches("[0-9]{1,15}")) {
      throw badParameter(
          "The size is not a number of bytes.", "Send digits only, such as size=1048576.");
    }
    return Long.parseLong(size);
  }

  private static Optional<String> single(WebRequest request, String name) {
    List<String> values = values(request, name);
    if (values.size() > 1) {
      throw badParameter("Parameter '" + name + "' was sent more than once.", "Send it once.");
    }
    return values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
  }

  private static List<String> values(WebRequest request, String name) {
    if (request.method().equals("GET")) {
      return request.rawQuery().map(query -> QueryParameters.of(query, name)).orElse(List.of());
    }
    try {
      return request.parameters(name);
    } catch (IllegalStateException | IllegalArgumentException e) {
      // How containers say that a form is broken, or too large for them.
      throw badParameter(
          "The form's parameters cannot be read.",
          "Send them as application/x-www-form-urlencoded.");
    }
  }

  private static String codes(List<FormShape> shapes) {
    return shapes.stream().map(FormShape::code).collect(Collectors.joining(", "));
  }

  private static UploadRefusedException badParameter(String fact, String fix) {
    return new UploadRefusedException(Reason.BAD_PARAMETER, fact, fix);
  }
}
