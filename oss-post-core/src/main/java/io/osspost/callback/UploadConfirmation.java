package io.osspost.callback;

import io.osspost.callback.CallbackRefusedException.Reason;
import io.osspost.client.Head;
import io.osspost.client.ObjectHeadClient;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.ObjectKey;
import io.osspost.object.OssBucket;
import io.osspost.sign.ServerAccess;
import io.osspost.sign.SignatureVersion;
import io.osspost.ticket.GrantTerms;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;

/**
 * Looks at objects, and reports the ones that carry the mark of their grant. The mark proves that
 * the object came from that grant, so no callback is needed. Thread-safe.
 */
public final class UploadConfirmation implements AutoCloseable {
  private final UploadReports reports;
  private final ObjectHeadClient heads;

  /**
   * Creates a confirmation.
   *
   * @param reports the only way to the listener
   * @param credentials sign the {@code HEAD}, which needs {@code oss:GetObject}; not closed here
   * @param buckets all buckets of the grants, at addresses that this server reaches
   * @param version the signature version that their cloud accepts
   */
  public UploadConfirmation(
      UploadReports reports,
      OssCredentialsProvider credentials,
      Collection<OssBucket> buckets,
      SignatureVersion version) {
    this(reports, ServerAccess.of(credentials, buckets, version));
  }

  /**
   * Creates a confirmation.
   *
   * @param reports the only way to the listener
   * @param access signs the {@code HEAD}, which needs {@code oss:GetObject}
   */
  public UploadConfirmation(UploadReports reports, ServerAccess access) {
    this.reports = Objects.requireNonNull(reports, "reports");
    this.heads = new ObjectHeadClient(Objects.requireNonNull(access, "access"));
  }

  /**
   * Looks at the object of which a page reported that it is stored, and reports it. Exceptions of
   * the listener are not caught.
   *
   * @param terms the terms of the grant, whose objects are marked
   * @param key the object
   * @return the upload and the answer for the page; empty if there is no object of that name with
   *     the mark of the grant
   * @throws CallbackRefusedException if OSS did not answer, does not permit to look, or the object
   *     is not the granted one; or if another call works on the same event
   */
  public Optional<CallbackOutcome> confirm(GrantTerms terms, ObjectKey key) {
    return confirm(terms, key, ReportSource.CONFIRMATION);
  }

  /**
   * Looks at the object and reports it. Exceptions of the listener are not caught.
   *
   * @param terms the terms of the grant, whose objects are marked
   * @param key the object
   * @param source how the server learned of the upload
   * @return the upload and the answer for the page; empty if there is no object of that name with
   *     the mark of the grant
   * @throws CallbackRefusedException if OSS did not answer, does not permit to look, or the object
   *     is not the granted one; or if another call works on the same event
   */
  public Optional<CallbackOutcome> confirm(GrantTerms terms, ObjectKey key, ReportSource source) {
    return marked(terms, key).map(found -> reports.stored(terms, key, found, source));
  }

  /**
   * {@return whether the bucket has the object with the mark of the grant}
   *
   * @param terms the terms of the grant
   * @param key the object
   * @throws CallbackRefusedException if OSS did not answer, or does not permit to look
   */
  public boolean isStored(GrantTerms terms, ObjectKey key) {
    return marked(terms, key).isPresent();
  }

  /**
   * {@return whether the bucket has an object of that name, but of another grant}
   *
   * @param terms the terms of the grant
   * @param key the object
   * @throws CallbackRefusedException if OSS did not answer, or does not permit to look
   */
  public boolean isOfAnotherGrant(GrantTerms terms, ObjectKey key) {
    return found(terms, key).filter(object -> !isMarked(object, terms)).isPresent();
  }

  /** Cancels the requests to OSS that are in progress. */
  @Override
  public void close() {
    heads.close();
  }

  private Optional<Head.Found> marked(GrantTerms terms, ObjectKey key) {
    return found(terms, key).filter(object -> isMarked(object, terms));
  }

  private static boolean isMarked(Head.Found object, GrantTerms terms) {
    return object.mark().equals(Optional.of(terms.grantId().toString()));
  }

  private Optional<Head.Found> found(GrantTerms terms, ObjectKey key) {
    Head head = heads.head(terms.bucketRef(), key);
    if (head instanceof Head.Found found) {
      return Optional.of(found);
    }
    if (head instanceof Head.Absent) {
      return Optional.empty();
    }
    if (head instanceof Head.Unavailable unavailable) {
      throw new CallbackRefusedException(
          Reason.NOT_CONFIRMED,
          "The object could not be confirmed: " + unavailable.reason() + ".",
          "Check that this server reaches OSS (server-endpoint).");
    }
    if (head instanceof Head.UnknownBucket) {
      throw new CallbackRefusedException(
          Reason.NOT_CONFIRMED,
          "The object could not be confirmed: no profile has bucket '"
              + terms.bucket()
              + "' any more.",
          "Keep a profile with that bucket until its uploads are reported.");
    }
    throw new CallbackRefusedException(
        Reason.NOT_CONFIRMED,
        "The object could not be confirmed: the credentials do not permit oss:GetObject.",
        "Permit it for the directories of the profiles.");
  }
}
