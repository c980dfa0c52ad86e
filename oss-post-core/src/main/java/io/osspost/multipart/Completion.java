package io.osspost.multipart;

import io.osspost.callback.CallbackOutcome;
import io.osspost.callback.CallbackRefusedException;
import io.osspost.callback.ReportSource;
import io.osspost.callback.UploadConfirmation;
import io.osspost.callback.UploadReports;
import io.osspost.client.MultipartClient;
import io.osspost.client.OssRefusedException;
import io.osspost.client.OssUnreachableException;
import io.osspost.profile.UploadRefusedException;
import io.osspost.profile.UploadRefusedException.Reason;
import io.osspost.ticket.GrantTerms;
import io.osspost.ticket.MultipartUpload;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Completes uploads in parts, and finds out whether OSS did so if its answer is lost. Thread-safe.
 *
 * <p>OSS goes on completing an upload after its client has gone, and does not document what a
 * second completion gives. So only the object tells: if it carries the mark of the grant, the
 * upload was completed.
 *
 * <p>Source: OSS documentation, "CompleteMultipartUpload".
 */
final class Completion implements AutoCloseable {
  private static final Logger LOG = System.getLogger(MultipartUploads.class.getName());

  private static final String NO_SUCH_UPLOAD = "NoSuchUpload";
  private static final String INVALID_PART = "InvalidPart";
  private static final String FILE_EXISTS = "FileAlreadyExists";

  private final MultipartClient client;
  private final UploadConfirmation confirmation;
  private final UploadReports reports;
  private final AtomicBoolean warnedOfUnconfirmed = new AtomicBoolean();

  Completion(MultipartClient client, UploadConfirmation confirmation, UploadReports reports) {
    this.client = client;
    this.confirmation = confirmation;
    this.reports = reports;
  }

  StoredParts parts(MultipartUpload upload) {
    return new StoredParts(
        upload, client.parts(upload.terms().bucketRef(), upload.key(), upload.uploadId()));
  }

  CallbackOutcome complete(
      MultipartUpload upload, Map<String, String> headers, Optional<String> crc64) {
    try {
      return attempt(upload, headers, crc64);
    } catch (PartReplaced e) {
      try {
        return attempt(upload, headers, crc64);
      } catch (PartReplaced again) {
        throw stillCompleting();
      }
    }
  }

  /** Reports the object of a completion whose answer was lost; empty if there is none. */
  Optional<CallbackOutcome> completedBefore(MultipartUpload upload) {
    return confirmed(upload);
  }

  private CallbackOutcome attempt(
      MultipartUpload upload, Map<String, String> headers, Optional<String> crc64) {
    StoredParts parts;
    try {
      parts = parts(upload);
    } catch (OssRefusedException e) {
      return recovered(upload, e);
    } catch (OssUnreachableException e) {
      throw unavailable(e);
    }
    requireComplete(parts, crc64);
    String etag;
    try {
      etag =
          client.complete(
              upload.terms().bucketRef(), upload.key(), upload.uploadId(), headers, parts.all());
    } catch (OssRefusedException e) {
      if (e.code().equals(INVALID_PART)) {
        throw new PartReplaced();
      }
      return recovered(upload, e);
    } catch (OssUnreachableException e) {
      LOG.log(Level.DEBUG, "The answer to a completion was lost: {0}", e.reason());
      return confirmed(upload).orElseThrow(Completion::stillCompleting);
    }
    return completed(upload, etag, parts);
  }

  void abort(MultipartUpload upload) {
    try {
      boolean gone = client.abort(upload.terms().bucketRef(), upload.key(), upload.uploadId());
      if (gone && confirmed(upload).isPresent()) {
        throw new UploadRefusedException(
            Reason.ALREADY_STORED,
            "The upload was completed before.",
            "Delete the file where it is listed, if it is not needed.");
      }
    } catch (OssRefusedException e) {
      throw refused(e, upload.terms());
    } catch (OssUnreachableException e) {
      throw unavailable(e);
    }
  }

  /** Discards an upload that no client knows. A failure is only logged: the upload has no parts. */
  void discard(MultipartUpload upload) {
    try {
      client.abort(upload.terms().bucketRef(), upload.key(), upload.uploadId());
    } catch (OssRefusedException | OssUnreachableException e) {
      LOG.log(Level.DEBUG, "An upload without parts remains in the bucket: {0}", e.getMessage());
    }
  }

  /** Returns the refusal of a step of an upload that OSS does not have any more. */
  UploadRefusedException ended(MultipartUpload upload, OssRefusedException e) {
    if (!e.code().equals(NO_SUCH_UPLOAD)) {
      return refused(e, upload.terms());
    }
    return isOurs(upload)
        ? new UploadRefusedException(
            Reason.ALREADY_STORED,
            "All parts are stored, and the upload was completed.",
            "Complete it again to get the result.")
        : gone();
  }

  @Override
  public void close() {
    confirmation.close();
  }

  private static void requireComplete(StoredParts parts, Optional<String> crc64) {
    List<Integer> missing = parts.missing();
    if (!missing.isEmpty()) {
      throw UploadRefusedException.ofParts(
          missing,
          missing.size() == 1
              ? "One part of the file is missing or has a wrong size."
              : missing.size() + " parts of the file are missing or have a wrong size.",
          "Send them, and complete the upload again.");
    }
    Optional<String> stored = parts.crc64();
    if (crc64.isPresent() && stored.isPresent() && !crc64.equals(stored)) {
      throw new UploadRefusedException(
          Reason.CHECKSUM_MISMATCH,
          "The stored parts differ from the file.",
          "Compare them by their CRC-64, and send the wrong ones again.");
    }
  }

  /** Returns the object of an upload that OSS does not have any more, or whose name is taken. */
  private CallbackOutcome recovered(MultipartUpload upload, OssRefusedException e) {
    if (!e.code().equals(NO_SUCH_UPLOAD) && !e.code().equals(FILE_EXISTS)) {
      throw refused(e, upload.terms());
    }
    return confirmed(upload).orElseThrow(() -> e.code().equals(FILE_EXISTS) ? nameTaken() : gone());
  }

  /** Reports the object if it carries the mark of the grant; empty if there is no such object. */
  private Optional<CallbackOutcome> confirmed(MultipartUpload upload) {
    try {
      return confirmation.confirm(upload.terms(), upload.key(), ReportSource.COMPLETION);
    } catch (CallbackRefusedException e) {
      LOG.log(Level.WARNING, "An upload in parts is not reported yet: {0}", e.getMessage());
      throw stillCompleting();
    }
  }

  /**
   * Reports the object of a completion that OSS answered, even if the server may not look at it.
   */
  private CallbackOutcome completed(MultipartUpload upload, String etag, StoredParts parts) {
    try {
      return confirmation
          .confirm(upload.terms(), upload.key(), ReportSource.COMPLETION)
          .orElseThrow(Completion::stillCompleting);
    } catch (CallbackRefusedException e) {
      if (e.reason() != CallbackRefusedException.Reason.NOT_CONFIRMED) {
        LOG.log(Level.WARNING, "An upload in parts is not reported yet: {0}", e.getMessage());
        throw stillCompleting();
      }
      if (warnedOfUnconfirmed.compareAndSet(false, true)) {
        LOG.log(Level.WARNING, "Uploads in parts are reported unconfirmed: {0}", e.getMessage());
      }
      return unconfirmed(upload, etag, parts);
    }
  }

  private CallbackOutcome unconfirmed(MultipartUpload upload, String etag, StoredParts parts) {
    try {
      return reports.completed(upload.terms(), upload.key(), etag, parts.crc64());
    } catch (CallbackRefusedException e) {
      throw stillCompleting();
    }
  }

  private boolean isOurs(MultipartUpload upload) {
    try {
      return confirmation.isStored(upload.terms(), upload.key());
    } catch (CallbackRefusedException e) {
      LOG.log(Level.WARNING, "The end of an upload in parts is unknown: {0}", e.getMessage());
      throw stillCompleting();
    }
  }

  static UploadRefusedException unavailable(OssUnreachableException e) {
    LOG.log(Level.WARNING, "OSS did not answer a step of an upload in parts: {0}", e.reason());
    return new UploadRefusedException(
        Reason.OSS_UNAVAILABLE, "OSS did not answer the server.", "Try again in a moment.");
  }

  /** Logs the refusal for the operator, because only the operator can change its cause. */
  static UploadRefusedException refused(OssRefusedException e, GrantTerms terms) {
    if (e.code().equals(FILE_EXISTS)) {
      return nameTaken();
    }
    LOG.log(
        Level.WARNING,
        "OSS refused a step of an upload in parts to bucket {0}: {1}. The credentials need"
            + " oss:PutObject, oss:ListParts and oss:AbortMultipartUpload.",
        terms.bucket(),
        e.getMessage());
    return new UploadRefusedException(
        Reason.OSS_UNAVAILABLE,
        "OSS refused a request of the server.",
        "The server's log contains the reason.");
  }

  private static UploadRefusedException stillCompleting() {
    return new UploadRefusedException(
        Reason.STILL_COMPLETING, "OSS is still completing the upload.", "Ask again in a moment.");
  }

  private static UploadRefusedException nameTaken() {
    return new UploadRefusedException(
        Reason.ALREADY_EXISTS,
        "Another file of this name exists, and may not be replaced.",
        "Choose another name.");
  }

  private static UploadRefusedException gone() {
    return new UploadRefusedException(
        Reason.UPLOAD_GONE, "OSS does not have this upload any more.", "Start the upload again.");
  }

  /** A part was replaced after it was listed. */
  private static final class PartReplaced extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
