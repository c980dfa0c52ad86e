package io.osspost.examples;

import io.osspost.PostFormat;
import io.osspost.PostGrant;
import io.osspost.UploadGrants;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.emulator.OssEmulator;
import io.osspost.object.OssBucket;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.servlet.OssPostFilter;
import io.osspost.web.UploadEndpoints;
import jakarta.servlet.Filter;
import java.util.List;
import java.util.Map;

/** The Java of README.md, compiled. ReadmeTest compares the two and runs it. */
final class ReadmeSnippets {
  private final OssCredentialsProvider keys;

  ReadmeSnippets(OssCredentialsProvider keys) {
    this.keys = keys;
  }

  UploadGrants grants() {
    // snippet: grants
    UploadGrants grants =
        UploadGrants.builder(OssBucket.of("examplebucket", "cn-hangzhou"))
            .credentials(keys)
            .profile(
                UploadProfile.builder("avatars")
                    .contentTypes(List.of("image/*"))
                    .maxSize(2L << 20)
                    .build())
            .build();
    // end
    return grants;
  }

  Map<String, String> grant(UploadGrants grants) {
    // snippet: grant
    PostGrant grant =
        grants.post(
            "avatars",
            PostFormat.FORM,
            Caller.named("alice"),
            PlannedUpload.of("me.png").size(54_321).type("image/png"));

    String url = grant.url().toString();
    Map<String, String> fields = grant.fields(); // post these, in order, then the file
    // end
    return url.isEmpty() ? Map.of() : fields;
  }

  static Filter filter(UploadGrants grants) {
    // snippet: filter
    UploadEndpoints endpoints = UploadEndpoints.builder(grants).build();
    Filter filter = new OssPostFilter(endpoints); // map it to /*, behind your login
    // end
    return filter;
  }

  static List<String> emulator() {
    // snippet: emulator
    try (OssEmulator oss = OssEmulator.start()) {
      OssBucket bucket = OssBucket.of(oss.bucket(), oss.region()).at(oss.endpoint());
      // Grant an upload to the bucket, post the form, then look at the stored objects.
      List<String> stored = oss.keys();
      // end
      return bucket.name().isEmpty() ? List.of("") : stored;
    }
  }
}
