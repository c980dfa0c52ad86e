package io.osspost.callback;

import io.osspost.callback.CallbackRefusedException.Reason;
import io.osspost.client.Head;
import io.osspost.object.ObjectKey;
import io.osspost.ticket.CallbackVariable;
import io.osspost.ticket.GrantTerms;
import io.osspost.ticket.UploadTickets;
import io.osspost.wire.MediaType;
import java.util.Optional;

/**
 * The object that a callback reports: its properties, whether they are confirmed, and the identity
 * that repeated callbacks share. All of it must match the terms of the ticket.
 *
 * @param identity differs between any two uploads that OSS stored under the same key
 */
record ReportedObject(
    ObjectKey key,
    long size,
    Optional<String> type,
    String etag,
    Optional<String> crc64,
    Confirmation confirmation,
    String identity) {

  /** Reads the object from the callback's body. Its properties are unconfirmed. */
  static ReportedObject ofBody(GrantTerms terms, CallbackBody body) {
    String etag = body.etag();
    Optional<String> requestId = body.text(CallbackVariable.REQUEST_ID);
    if (requestId.isEmpty() && terms.key().isEmpty()) {
      throw CallbackBody.malformed("it lacks 'reqId', which identifies an upload to a directory");
    }
    ReportedObject object =
        new ReportedObject(
            body.object(),
            body.size(),
            body.text(CallbackVariable.MIME_TYPE),
            etag,
            body.text(CallbackVariable.CRC64),
            Confirmation.UNCONFIRMED,
            "request " + requestId.orElse(etag));
    if (!body.bucket().equals(terms.bucket())) {
      throw new CallbackRefusedException(
          Reason.OTHER_BUCKET,
          "The ticket is for bucket '" + terms.bucket() + "', but the object is in another.",
          "Configure different ticket secrets for buckets that share a callback URL.");
    }
    object.requireGranted(terms);
    return object;
  }

  /**
   * Returns the object as OSS's response to {@code HEAD} describes it.
   *
   * @param head the response for this object
   */
  ReportedObject confirmedBy(Head.Found head, GrantTerms terms) {
    if (terms.mark() && !head.mark().equals(Optional.of(terms.grantId().toString()))) {
      throw new CallbackRefusedException(
          Reason.OTHER_GRANT,
          "The object does not carry the id of the ticket's grant.",
          "If " + UploadTickets.MARK + " is removed intentionally, set mark to false.");
    }
    boolean unchanged = head.etag().equalsIgnoreCase(etag);
    return ofHead(key, head, unchanged ? Confirmation.CONFIRMED : Confirmation.SUPERSEDED, terms);
  }

  /**
   * Returns the object as OSS's response to {@code HEAD} describes it, without another report of
   * it. The mark has been checked.
   */
  static ReportedObject ofHead(
      ObjectKey key, Head.Found head, Confirmation confirmation, GrantTerms terms) {
    ReportedObject object =
        new ReportedObject(
            key,
            head.size(),
            head.type(),
            head.etag(),
            head.crc64(),
            confirmation,
            head.versionId()
                .map(version -> "version " + version)
                .orElse("object " + head.etag() + " " + head.lastModified()));
    object.requireGranted(terms);
    return object;
  }

  /** Checks that the object matches the terms of the ticket. */
  private void requireGranted(GrantTerms terms) {
    if (!terms.admitsKey(key)) {
      throw new CallbackRefusedException(
          Reason.OTHER_OBJECT,
          "The object has another name than the granted one.",
          "Pin key and callback in the policy of every grant.");
    }
    if (!terms.admitsSize(size)) {
      throw new CallbackRefusedException(
          Reason.SIZE_OUT_OF_RANGE,
          "The object has "
              + size
              + " bytes, but "
              + terms.minSize()
              + " to "
              + terms.maxSize()
              + " were granted.",
          "Pin the size and the callback in the policy of every grant.");
    }
    boolean otherType =
        terms.type().isPresent()
            && type.isPresent()
            && !type.flatMap(MediaType::parse).map(MediaType::registered).equals(terms.type());
    if (otherType) {
      throw new CallbackRefusedException(
          Reason.OTHER_TYPE,
          "The object's type is not the granted '" + terms.type().get() + "'.",
          "Pin the type and the callback in the policy of every grant.");
    }
  }
}
