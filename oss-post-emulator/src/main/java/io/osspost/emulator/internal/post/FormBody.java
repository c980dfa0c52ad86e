package io.osspost.emulator.internal.post;

import static io.osspost.emulator.rules.EmulatorRule.BOUNDARY_PLAIN;
import static io.osspost.emulator.rules.EmulatorRule.FIELDS_AFTER_FILE_REFUSED;
import static io.osspost.emulator.rules.EmulatorRule.FORM_MEDIA_TYPE_NOT_MULTIPART;

import io.osspost.emulator.internal.object.ContentMd5;
import io.osspost.emulator.internal.object.ObjectErrors;
import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRequest;
import io.osspost.emulator.rules.EmulatorRules;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The body of a form upload. The headers that describe it are checked before it is read. */
final class FormBody {
  /** The maximum size of a form and of its file: the documented 5 GB, read as 5 GiB. */
  static final long LARGEST = 5L << 30;

  private static final int LONGEST_BOUNDARY = 200;

  private final EmulatorRules rules;
  private final MultipartReader reader;
  private final @Nullable MessageDigest md5;
  private final String announcedMd5;

  private FormBody(
      EmulatorRules rules,
      MultipartReader reader,
      @Nullable MessageDigest md5,
      String announcedMd5) {
    this.rules = rules;
    this.reader = reader;
    this.md5 = md5;
    this.announcedMd5 = announcedMd5;
  }

  static FormBody of(OssRequest request, EmulatorRules rules) {
    String boundary = boundary(request, rules);
    if (!request.announcesBody()) {
      throw ObjectErrors.missingLength();
    }
    if (request.contentLength().orElse(0) > LARGEST) {
      throw OssError.of(400, "InvalidArgument", "Post body size must be less than 5G.")
          .because("Content-Length is " + request.contentLength().orElse(0) + " bytes");
    }
    Optional<String> announced = ContentMd5.announced(request);
    if (announced.isEmpty()) {
      return new FormBody(rules, new MultipartReader(request.body(), boundary, rules), null, "");
    }
    MessageDigest md5 = newMd5();
    InputStream counted = new DigestInputStream(request.body(), md5);
    return new FormBody(rules, new MultipartReader(counted, boundary, rules), md5, announced.get());
  }

  MultipartReader reader() {
    return reader;
  }

  /** Reads the parts after the file and the end of the body, and checks the body's MD5. */
  void finish() throws IOException, MultipartException {
    FieldNames names = FieldNames.of(rules);
    for (Part part = reader.next(); part != null; part = reader.next()) {
      if (names.isFile(part)) {
        throw OssError.of(
                400,
                "IncorrectNumberOfFilesInPOSTRequest",
                "POST requires exactly one file upload per request.")
            .because("the form has more than one field named 'file'");
      }
      if (rules.has(FIELDS_AFTER_FILE_REFUSED)) {
        throw PostErrors.malformed("0006-00000103")
            .because("the field '" + part.name() + "' comes after the file");
      }
    }
    reader.skipRest();
    if (md5 != null) {
      ContentMd5.check(announcedMd5, Base64.getEncoder().encodeToString(md5.digest()));
    }
  }

  private static String boundary(OssRequest request, EmulatorRules rules) {
    String sent = request.header("Content-Type").orElse("");
    HeaderParameters type = HeaderParameters.parse(sent);
    if (!type.value().equals("multipart/form-data")) {
      OssError error =
          rules.has(FORM_MEDIA_TYPE_NOT_MULTIPART)
              ? PostErrors.notMultipart()
              : OssError.methodNotAllowed(request.method(), "Bucket");
      throw error.because(
          (sent.isEmpty()
                  ? "the request has no Content-Type"
                  : "the Content-Type is '" + sent + "'")
              + "; a form has 'multipart/form-data; boundary=...'");
    }
    String boundary = type.parameter("boundary").orElse("");
    if (boundary.isEmpty() || boundary.length() > LONGEST_BOUNDARY) {
      throw PostErrors.malformed()
          .because(
              "the Content-Type has no boundary, or a boundary of more than "
                  + LONGEST_BOUNDARY
                  + " characters; do not set this header yourself, because the browser adds"
                  + " the boundary");
    }
    if (type.isQuoted("boundary") && rules.has(BOUNDARY_PLAIN)) {
      throw PostErrors.malformed()
          .because(
              "the boundary is in quotes, which OSS may not accept; send boundary="
                  + boundary
                  + " without quotes, or set the rule boundary=quoted");
    }
    return boundary;
  }

  private static MessageDigest newMd5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has MD5", e);
    }
  }
}
