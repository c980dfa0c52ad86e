package io.osspost.emulator.internal.object;

import io.osspost.emulator.internal.http.HttpAnswer;
import io.osspost.emulator.internal.protocol.Operation;
import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRefusedException;
import io.osspost.emulator.internal.protocol.OssRequest;
import io.osspost.emulator.internal.store.NotAppendableException;
import io.osspost.emulator.internal.store.ObjectEntry;
import io.osspost.emulator.internal.store.ObjectHeaders;
import io.osspost.emulator.internal.store.ObjectStore;
import io.osspost.emulator.internal.store.Upload;
import java.io.IOException;

/**
 * AppendObject: appends the body to the object. Thread-safe.
 *
 * <p>Source: OSS documentation "AppendObject".
 */
public final class AppendObject implements Operation {
  private final ObjectStore store;
  private final ObjectAccess access;

  public AppendObject(ObjectStore store, ObjectAccess access) {
    this.store = store;
    this.access = access;
  }

  @Override
  public HttpAnswer perform(OssRequest request) throws IOException {
    access.requireWritable(request);
    ObjectName.check(request.key());
    PutObject.refuseUnknownHeaders(request);
    long position = position(request);
    PutBody body = PutBody.of(request);
    ObjectHeaders headers =
        new UploadHeaders(request.headers()).storedWithTags(request.header("Content-Type"));
    try (Upload upload = store.begin(request.bucket())) {
      body.copyTo(upload);
      ObjectEntry entry = upload.append(request.key(), position, headers);
      return HttpAnswer.empty(200)
          .with(PutObject.checksums(entry))
          .with("x-oss-next-append-position", Long.toString(entry.size()));
    } catch (NotAppendableException e) {
      throw refused(e);
    }
  }

  private static long position(OssRequest request) {
    String text = request.query("position").orElse("");
    if (!text.matches("[0-9]{1,18}")) {
      throw OssError.of(400, "MissingArgument", "Missing Some Required Arguments.")
          .ec("0016-00000502")
          .because("the parameter position is '" + text + "', not a number of bytes");
    }
    return Long.parseLong(text);
  }

  private static OssRefusedException refused(NotAppendableException e) {
    OssError error =
        e.isAppendable()
            ? OssError.of(409, "PositionNotEqualToLength", "Position is not equal to file length.")
            : OssError.of(409, "ObjectNotAppendable", "The object is not appendable.");
    return error
        .header("x-oss-next-append-position", Long.toString(e.size()))
        .because("the position is not the end of an appendable object: " + e.getMessage());
  }
}
