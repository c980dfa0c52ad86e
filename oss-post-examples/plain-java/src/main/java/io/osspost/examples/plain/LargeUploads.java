package io.osspost.examples.plain;

import io.osspost.MultipartTerms;
import io.osspost.UploadGrants;
import io.osspost.UploadOffer;
import io.osspost.callback.CallbackMemory;
import io.osspost.callback.UploadConfirmation;
import io.osspost.callback.UploadListener;
import io.osspost.callback.UploadReports;
import io.osspost.callback.UploadedObject;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.multipart.MultipartGrant;
import io.osspost.multipart.MultipartUploads;
import io.osspost.multipart.PartUrls;
import io.osspost.multipart.StoredParts;
import io.osspost.object.OssBucket;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.sign.SignatureVersion;
import io.osspost.ticket.MultipartUpload;
import io.osspost.ticket.UploadTickets;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Grants uploads in parts, in an application with its own protocol. */
public final class LargeUploads implements AutoCloseable {
  private final UploadGrants grants;
  private final UploadReports reports;
  private final OssCredentialsProvider credentials;
  private final MultipartUploads uploads;

  public LargeUploads(
      UploadGrants grants,
      UploadTickets tickets,
      UploadListener listener,
      OssCredentialsProvider credentials) {
    this.grants = grants;
    this.credentials = credentials;
    this.reports = new UploadReports(tickets, listener, CallbackMemory.inProcess());
    this.uploads =
        MultipartUploads.builder(grants, tickets, reports)
            .credentials(credentials)
            .life(Duration.ofHours(12))
            .build();
  }

  /** Starts an upload; returns its ticket and the first URLs. */
  public MultipartGrant start(String user, PlannedUpload file) {
    UploadOffer offer = grants.offer("videos").orElseThrow();
    return uploads.start(offer, Caller.named(user), file);
  }

  /** Returns the number of parts that a file would have. */
  public int parts(String user, PlannedUpload file) {
    MultipartTerms terms = grants.offer("videos").orElseThrow().multipart(Caller.named(user), file);
    return new MultipartUpload(terms.terms(), "upload", 8 << 20).partCount();
  }

  /** Returns the URLs of the parts that are missing. */
  public List<URI> missing(String ticket, String user) {
    StoredParts stored = uploads.parts(ticket, Caller.named(user));
    PartUrls urls = uploads.sign(ticket, Caller.named(user), stored.missing());
    return urls.urls().values().stream().map(url -> url.url()).toList();
  }

  /** Completes an upload. The listener has received it afterwards. */
  public UploadedObject complete(String ticket, String user) {
    return uploads.complete(ticket, Caller.named(user), Optional.empty()).object();
  }

  /** Returns whether an object came from this upload, in a job that runs later. */
  public boolean isStored(MultipartUpload upload, OssBucket bucket) {
    try (UploadConfirmation confirmation =
        new UploadConfirmation(reports, credentials, List.of(bucket), SignatureVersion.V4)) {
      return confirmation.isStored(upload.terms(), upload.key());
    }
  }

  @Override
  public void close() {
    uploads.close();
  }
}
