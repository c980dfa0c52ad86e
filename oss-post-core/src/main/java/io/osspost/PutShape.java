package io.osspost;

import io.osspost.Ticketing.Ticketed;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.sign.ObjectRequest;
import java.util.Map;
import java.util.Optional;

/** Which page the URL is for: what it sends with the file decides what is signed. */
enum PutShape {
  /** For pages that get the bare URL as text, and send the file's type and nothing else. */
  TEXT {
    @Override
    ObjectRequest withHeaders(
        ObjectRequest put,
        UploadProfile profile,
        PlannedUpload.Admitted upload,
        Optional<Ticketed> ticketed) {
      return put;
    }

    @Override
    boolean carries(UploadProfile profile) {
      return profile.objectHeaders().isEmpty();
    }
  },

  /** For pages that send the headers they are told to. */
  FORM {
    @Override
    ObjectRequest withHeaders(
        ObjectRequest put,
        UploadProfile profile,
        PlannedUpload.Admitted upload,
        Optional<Ticketed> ticketed) {
      ObjectRequest signed = put;
      for (Map.Entry<String, String> header : profile.objectHeaders().entrySet()) {
        signed = signed.header(header.getKey(), header.getValue());
      }
      Optional<String> callback = ticketed.flatMap(Ticketed::callback);
      if (callback.isPresent()) {
        signed = signed.header("x-oss-callback", callback.get());
      }
      return upload.forbidOverwrite() ? signed.header("x-oss-forbid-overwrite", "true") : signed;
    }

    @Override
    boolean carries(UploadProfile profile) {
      return true;
    }
  };

  /** The request to sign, with every header this shape's page is told to send. */
  abstract ObjectRequest withHeaders(
      ObjectRequest put,
      UploadProfile profile,
      PlannedUpload.Admitted upload,
      Optional<Ticketed> ticketed);

  /** Whether a page of this shape sends what {@code profile} sets. */
  abstract boolean carries(UploadProfile profile);

  /** Whether the answer has room for a ticket, or the page sends the callback that has it. */
  boolean carriesTicket() {
    return this == FORM;
  }
}
