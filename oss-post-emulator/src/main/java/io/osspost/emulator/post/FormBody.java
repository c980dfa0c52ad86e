package io.osspost.emulator.post;

import io.osspost.emulator.http.OssError;
import io.osspost.emulator.http.OssRequest;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The body of a POST request: checks how it is framed before anything of it is read. */
final class FormBody {
  private static final int LONGEST_BOUNDARY = 200;

  private final MultipartReader reader;
  private final @Nullable MessageDigest md5;
  private final String announcedMd5;

  private FormBody(MultipartReader reader, @Nullable MessageDigest md5, String announcedMd5) {
    this.reader = reader;
    this.md5 = md5;
    this.announcedMd5 = announcedMd5;
  }

  static FormBody of(OssRequest request, PostRules rules) {
    String boundary = boundary(request.header("Content-Type").orElse(""));
    if (!request.announcesBody()) {
      throw OssError.of(
              411, "MissingContentLength", "You must provide the Content-Length HTTP header.")
          .ec("0017-00000101")
          .because("the request has neither Content-Length nor chunks");
    }
    if (request.contentLength().orElse(0) > rules.maxFile()) {
      throw OssError.of(400, "InvalidArgument", "Post body size must be less than 5G.")
          .because("Content-Length is " + request.contentLength().orElse(0) + " bytes");
    }
    Optional<String> announced = request.header("Content-MD5");
    if (announced.isEmpty()) {
      return new FormBody(new MultipartReader(request.body(), boundary), null, "");
    }
    checkShape(announced.get());
    MessageDigest md5 = newMd5();
    InputStream counted = new DigestInputStream(request.body(), md5);
    return new FormBody(new MultipartReader(counted, boundary), md5, announced.get());
  }

  MultipartReader reader() {
    return reader;
  }

  /** Reads the parts behind the file, which do not count, and checks the whole. */
  void finish() throws IOException, MultipartException {
    for (Part part = reader.next(); part != null; part = reader.next()) {
      if (part.isFile()) {
        throw OssError.of(
                400,
                "IncorrectNumberOfFilesInPOSTRequest",
                "POST requires exactly one file upload per request.")
            .because("the form has more than one field named 'file'");
      }
    }
    reader.skipRest();
    if (md5 != null && !Base64.getEncoder().encodeToString(md5.digest()).equals(announcedMd5)) {
      throw invalidDigest()
          .ec("0017-00000503")
          .because("Content-MD5 is not the MD5 of the body; it covers the form, not the file");
    }
  }

  private static String boundary(String contentType) {
    HeaderParameters type = HeaderParameters.parse(contentType);
    if (!type.value().equals("multipart/form-data")) {
      throw OssError.of(
              400,
              "RequestIsNotMultiPartContent",
              "Bucket POST must be of the enclosure-type multipart/form-data.")
          .because("the Content-Type of the request is '" + contentType + "'");
    }
    String boundary = type.parameter("boundary").orElse("");
    if (boundary.isEmpty() || boundary.length() > LONGEST_BOUNDARY) {
      throw OssError.of(
              400,
              "MalformedPOSTRequest",
              "The body of your POST request is not well-formed multipart/form-data.")
          .because(
              "the Content-Type has no boundary, or one over "
                  + LONGEST_BOUNDARY
                  + " characters: let the browser set this header");
    }
    return boundary;
  }

  private static void checkShape(String announced) {
    try {
      if (Base64.getDecoder().decode(announced).length == 16) {
        return;
      }
    } catch (IllegalArgumentException e) {
      // not Base64; falls through
    }
    throw invalidDigest()
        .ec("0017-00000502")
        .because("Content-MD5 '" + announced + "' is not the Base64 of 16 bytes");
  }

  private static OssError invalidDigest() {
    return OssError.of(400, "InvalidDigest", "The Content-MD5 you specified was invalid.");
  }

  private static MessageDigest newMd5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has MD5", e);
    }
  }
}
