package io.osspost.emulator.internal.object;

import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRequest;
import io.osspost.emulator.internal.protocol.XmlElement;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/** The XML document in the body of a request. */
public final class XmlBody {
  private XmlBody() {}

  /** Returns the body. Rejects more than {@code most} bytes, and a body with another MD5. */
  public static byte[] bytes(OssRequest request, int most, Optional<String> ec) throws IOException {
    Optional<String> md5 = ContentMd5.announced(request);
    byte[] body = request.body().readNBytes(most + 1);
    if (body.length > most) {
      throw malformed(ec).because("the document exceeds " + most + " bytes");
    }
    if (md5.isPresent()) {
      ContentMd5.check(md5.get(), Base64.getEncoder().encodeToString(md5(body)));
    }
    return body;
  }

  /**
   * Reads a document whose root is {@code root}.
   *
   * @param ec OSS's number for a malformed document of this operation, if it is known
   */
  public static XmlElement parse(byte[] body, String root, Optional<String> ec) {
    XmlElement document;
    try {
      document = XmlElement.parse(body);
    } catch (XmlElement.MalformedException e) {
      throw malformed(ec).because("the body is not well-formed XML: " + e.getCause());
    }
    if (!document.name().equals(root)) {
      throw malformed(ec).because("the document is <" + document.name() + ">, not <" + root + ">");
    }
    return document;
  }

  public static OssError malformed(Optional<String> ec) {
    OssError error =
        OssError.of(
            400,
            "MalformedXML",
            "The XML you provided was not well-formed or did not validate against our published"
                + " schema.");
    return ec.map(error::ec).orElse(error);
  }

  private static byte[] md5(byte[] body) {
    try {
      return MessageDigest.getInstance("MD5").digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has MD5", e);
    }
  }
}
