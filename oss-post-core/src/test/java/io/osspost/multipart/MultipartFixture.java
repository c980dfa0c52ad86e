package io.osspost.multipart;

import io.osspost.GrantKind;
import io.osspost.UploadGrants;
import io.osspost.callback.CallbackMemory;
import io.osspost.callback.UploadListener;
import io.osspost.callback.UploadReports;
import io.osspost.callback.UploadedObject;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.emulator.OssEmulator;
import io.osspost.object.OssBucket;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.ticket.UploadTickets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A profile {@code videos} for uploads in parts to an emulator, and the reported uploads. */
final class MultipartFixture {
  static final Caller ALICE = Caller.named("alice");

  /** The size of a part, the smallest that OSS accepts. */
  static final int PART = 100 << 10;

  final UploadTickets tickets = UploadTickets.withRandomSecret();
  final List<UploadedObject> reported = new CopyOnWriteArrayList<>();
  final UploadGrants grants;
  private final OssCredentialsProvider credentials;

  MultipartFixture(OssEmulator oss, UploadProfile.Builder videos) {
    this.credentials =
        OssCredentialsProvider.of(OssCredentials.of(oss.accessKeyId(), oss.accessKeySecret()));
    this.grants =
        UploadGrants.builder(OssBucket.of(oss.bucket(), oss.region()).at(oss.endpoint()))
            .credentials(credentials)
            .tickets(tickets)
            .profile(videos.maxSize(1L << 30).build(), Set.of(GrantKind.MULTIPART))
            .build();
  }

  /** Returns the uploads of a server that collects its reports in {@link #reported}. */
  MultipartUploads.Builder server() {
    return server(reported::add);
  }

  /** Returns the uploads of a server that reports to {@code listener}. */
  MultipartUploads.Builder server(UploadListener listener) {
    UploadReports reports = new UploadReports(tickets, listener, CallbackMemory.inProcess());
    return MultipartUploads.builder(grants, tickets, reports)
        .credentials(credentials)
        .partSize(PART);
  }

  /** Starts an upload of Alice. */
  MultipartGrant start(MultipartUploads uploads, long size) {
    PlannedUpload film = PlannedUpload.of("a.mp4").size(size).type("video/mp4");
    return uploads.start(grants.offer("videos").orElseThrow(), ALICE, film);
  }
}
