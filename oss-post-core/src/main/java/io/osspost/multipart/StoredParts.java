package io.osspost.multipart;

import io.osspost.client.StoredPart;
import io.osspost.ticket.MultipartUpload;
import io.osspost.wire.Crc64;
import io.osspost.wire.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parts of an upload that OSS has, compared with how its file is cut. Immutable. */
public final class StoredParts {
  private final MultipartUpload upload;
  private final Map<Integer, StoredPart> parts = new LinkedHashMap<>();

  /** Omits parts whose number is not one of the upload. */
  StoredParts(MultipartUpload upload, List<StoredPart> stored) {
    this.upload = upload;
    for (StoredPart part : stored) {
      if (part.number() >= 1 && part.number() <= upload.partCount()) {
        parts.put(part.number(), part);
      }
    }
  }

  /** {@return the numbers of the parts that are missing, or have a wrong size} */
  public List<Integer> missing() {
    List<Integer> missing = new ArrayList<>();
    for (int number = 1; number <= upload.partCount(); number++) {
      StoredPart part = parts.get(number);
      if (part == null || part.size() != upload.sizeOf(number)) {
        missing.add(number);
      }
    }
    return missing;
  }

  /** Returns all parts in the order of their numbers. */
  List<StoredPart> all() {
    return new ArrayList<>(parts.values());
  }

  /** Returns the CRC-64 of the whole file; empty if OSS does not tell that of each part. */
  Optional<String> crc64() {
    long joined = 0;
    for (StoredPart part : parts.values()) {
      Optional<Long> crc64 = part.crc64().flatMap(StoredParts::unsigned);
      if (crc64.isEmpty()) {
        return Optional.empty();
      }
      joined = Crc64.combine(joined, crc64.get(), part.size());
    }
    return Optional.of(Long.toUnsignedString(joined));
  }

  private static Optional<Long> unsigned(String digits) {
    try {
      return Optional.of(Long.parseUnsignedLong(digits));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** {@return the response to a page: JSON in UTF-8} */
  public byte[] toJson() {
    JsonText json = new JsonText().openObject().member("key", upload.key().value());
    json.member("partSize", upload.partSize()).member("partCount", upload.partCount());
    json.member("size", upload.size()).name("parts").openArray();
    for (StoredPart part : parts.values()) {
      json.openObject().member("number", part.number()).member("size", part.size());
      json.member("etag", part.etag().replace("\"", ""));
      part.crc64().ifPresent(crc64 -> json.member("crc64", crc64));
      json.closeObject();
    }
    return json.closeArray().closeObject().toBytes();
  }
}
