package io.osspost.sign;

import io.osspost.credentials.OssCredentials;
import io.osspost.object.ObjectKey;
import java.util.List;
import java.util.Random;

/** Creates requests as applications do, and unusual ones; the same for the same seed. */
final class RequestGenerator {
  /** None looks like a sub-resource. V1 cannot sign such keys, as its own test shows. */
  private static final List<String> ODD_KEYS =
      List.of(
          "a",
          "uploads/alice/photo.png",
          "with space.txt",
          " leading and trailing ",
          "plus+plus.txt",
          "100%.txt",
          "%41%2F%zz",
          "hash#tag",
          "what?.txt",
          "a?b=c&d",
          "a&b=c;d,e",
          "*'()!~-._$@:[]{}|\\^`\"<>",
          "中文/文件.png",
          "emoji/😀👩‍👩‍👧.gif",
          "e\u0301 nfd/é nfc",
          "double//slash///x",
          "dots/./../.../x",
          "a/../b",
          "./a",
          "../a",
          "ends/with/slash/",
          "ends//",
          ".hidden",
          "tab\tline\nfeed\u007f",
          "中".repeat(341),
          "k".repeat(1023));

  private static final List<String> PIECES =
      List.of("a", "Z9", "-._~", " ", "+", "%", "%2F", "#", "/", "//", "中", "😀", "é", "=", "*");

  private final Random random;

  RequestGenerator(long seed) {
    this.random = new Random(seed);
  }

  ObjectRequest put(SignatureVersion version) {
    ObjectRequest request = maybeTyped(ObjectRequest.put(key()));
    request = maybeHeaders(request, version);
    if (random.nextInt(4) == 0) {
      request = request.query("x-oss-traffic-limit", "819200");
    }
    return request;
  }

  ObjectRequest get(SignatureVersion version) {
    ObjectRequest request =
        random.nextInt(6) == 0 ? ObjectRequest.head(key()) : ObjectRequest.get(key());
    if (random.nextInt(6) == 0) {
      request = maybeTyped(request);
    }
    if (random.nextBoolean()) {
      request =
          request.query("response-content-type", pick("image/png", "text/plain; charset=utf-8"));
    }
    if (random.nextBoolean()) {
      request =
          request.query(
              "response-content-disposition",
              "attachment; filename=\"" + pick("a b+c.txt", "100%.txt", "中.txt", "x=y;z") + "\"");
    }
    if (random.nextInt(4) == 0) {
      request = request.query("response-cache-control", "no-cache");
    }
    if (random.nextInt(4) == 0) {
      request = request.query("x-oss-process", "image/resize,w_100/quality,q_90");
    }
    if (random.nextInt(4) == 0) {
      request =
          request.query("versionId", "CAEQNhiBgM0BYiIDc4MGZjZGI2OTBjOTRmNTE5NmU5NmFhZjhjYmY0");
    }
    if (version == SignatureVersion.V4 && random.nextInt(4) == 0) {
      request = request.header("Range", "bytes=0-9");
    }
    if (random.nextInt(6) == 0) {
      request = request.query("+odd |name" + random.nextInt(9), pick("", "value", "a+b c/d"));
    }
    return request;
  }

  ObjectRequest multipart(SignatureVersion version) {
    String id = "0004B9895DBBB6EC" + Integer.toHexString(random.nextInt());
    return switch (random.nextInt(4)) {
      case 0 -> maybeHeaders(maybeTyped(ObjectRequest.initiateMultipart(key())), version);
      case 1 -> ObjectRequest.uploadPart(key(), id, 1 + random.nextInt(10_000));
      case 2 -> ObjectRequest.completeMultipart(key(), id).header("x-oss-complete-all", "yes");
      default -> ObjectRequest.abortMultipart(key(), id);
    };
  }

  OssCredentials credentials() {
    String secret = "secret" + random.nextLong();
    return random.nextBoolean()
        ? OssCredentials.of("LTAIexample", secret)
        : OssCredentials.temporary(
            "STS.example", secret, "CAIS+/=" + "aB3+/".repeat(random.nextInt(120)) + "==");
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  private ObjectKey key() {
    if (random.nextInt(3) > 0) {
      return new ObjectKey(ODD_KEYS.get(random.nextInt(ODD_KEYS.size())));
    }
    StringBuilder key = new StringBuilder("k");
    for (int left = random.nextInt(20); left > 0; left--) {
      key.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return new ObjectKey(key.toString());
  }

  private ObjectRequest maybeTyped(ObjectRequest request) {
    return random.nextInt(3) == 0
        ? request
        : request.contentType(pick("image/png", "text/plain;charset=UTF-8", "application/x-a+b"));
  }

  private ObjectRequest maybeHeaders(ObjectRequest request, SignatureVersion version) {
    ObjectRequest with = request;
    if (random.nextBoolean()) {
      with = with.header("x-oss-forbid-overwrite", "true");
    }
    if (random.nextInt(3) == 0) {
      with = with.header("x-oss-object-acl", pick("private", "public-read"));
    }
    for (String name : List.of("x-oss-meta-author", "X-Oss-Meta-B", "x-oss-meta-a-2")) {
      if (random.nextInt(3) == 0) {
        with = with.header(name, pick("alice", "a b  c", "%E4%B8%AD", "x:y,z;\"q\""));
      }
    }
    if (random.nextInt(4) == 0) {
      with = with.header("Content-MD5", "eB5eJF1ptWaXm4bijSPyxw==");
    }
    if (version == SignatureVersion.V4 && random.nextInt(3) == 0) {
      with = with.header("Content-Disposition", "attachment; filename=\"a b.txt\"");
    }
    if (version == SignatureVersion.V4 && random.nextInt(3) == 0) {
      with = with.header("cache-control", "max-age=60");
    }
    return with;
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
