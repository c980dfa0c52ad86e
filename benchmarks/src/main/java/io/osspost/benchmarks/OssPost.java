package io.osspost.benchmarks;

import io.osspost.PostFormat;
import io.osspost.PutFormat;
import io.osspost.UploadGrants;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.ObjectKey;
import io.osspost.object.OssBucket;
import io.osspost.profile.Caller;
import io.osspost.profile.KeyNaming;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.sign.ObjectRequest;
import io.osspost.sign.SignatureVersion;
import io.osspost.sign.UrlSigner;

/** This library. */
final class OssPost {
  private static final OssBucket BUCKET = OssBucket.of(Task.BUCKET, Task.REGION);

  private OssPost() {}

  /** The page names the object, as the tutorial's page does. */
  static Granter prefixGrant(Task task) {
    return new Of(grants(task, profile()), tutorialShape(task), PlannedUpload.unnamed());
  }

  /**
   * The tutorial's page always sends a token. Without one it is refused, and this contender grants
   * a form.
   */
  private static PostFormat tutorialShape(Task task) {
    return task.keys().areTemporary() ? PostFormat.V4 : PostFormat.FORM;
  }

  /** The server names the object, and the policy allows exactly the stated file. */
  static Granter exactGrant(Task task) {
    return exactGrant(task, tutorialShape(task));
  }

  /** The same in the format of the browser module. */
  static Granter exactForm(Task task) {
    return exactGrant(task, PostFormat.FORM);
  }

  private static Granter exactGrant(Task task, PostFormat format) {
    PlannedUpload planned = PlannedUpload.of("holiday.gif").size(123_456).type("image/gif");
    return new Of(grants(task, profile()), format, planned);
  }

  /** A prefix grant under the default profile: 25 types, and a random directory. */
  static Granter outOfTheBox(Task task) {
    UploadProfile profile = UploadProfile.builder("default").build();
    return new Of(grants(task, profile), tutorialShape(task), PlannedUpload.unnamed());
  }

  /** The signer alone, with a given object, as in the vendor's libraries. */
  static Granter url(Task task) {
    UrlSigner signer = UrlSigner.of(BUCKET, SignatureVersion.V4);
    OssCredentials credentials = credentials(task);
    return caller ->
        signer
            .sign(
                ObjectRequest.put(new ObjectKey(Task.key(caller))).contentType(Task.FILE_TYPE),
                credentials,
                task.now(),
                Task.VALIDITY)
            .toBytes();
  }

  /** The endpoint's answer: the file is compared with the profile, and named. */
  static Granter putGrant(Task task) {
    UploadGrants grants = grants(task, limits().naming(KeyNaming.asNamed()).build());
    PlannedUpload planned = PlannedUpload.of("holiday.gif").size(123_456).type(Task.FILE_TYPE);
    return caller -> grants.put("default", PutFormat.TEXT, Caller.named(caller), planned).toText();
  }

  private static UploadProfile profile() {
    return limits().build();
  }

  private static UploadProfile.Builder limits() {
    return UploadProfile.builder("default")
        .dir(Task.ROOT + "{principal}/")
        .minSize(Task.MIN_SIZE)
        .maxSize(Task.MAX_SIZE)
        .contentTypes(Task.CONTENT_TYPES)
        .validity(Task.VALIDITY);
  }

  private static UploadGrants grants(Task task, UploadProfile profile) {
    return UploadGrants.builder(BUCKET)
        .credentials(OssCredentialsProvider.of(credentials(task)))
        .profile(profile)
        .clock(task.clock())
        .build();
  }

  private static OssCredentials credentials(Task task) {
    Task.Keys keys = task.keys();
    return keys.areTemporary()
        ? OssCredentials.temporary(keys.id(), keys.secret(), keys.token())
        : OssCredentials.of(keys.id(), keys.secret());
  }

  private record Of(UploadGrants grants, PostFormat format, PlannedUpload planned)
      implements Granter {
    @Override
    public byte[] grant(String caller) {
      return grants.post("default", format, Caller.named(caller), planned).toJson();
    }
  }
}
