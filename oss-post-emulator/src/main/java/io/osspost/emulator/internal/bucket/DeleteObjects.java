package io.osspost.emulator.internal.bucket;

import io.osspost.emulator.internal.http.HttpAnswer;
import io.osspost.emulator.internal.object.ObjectAccess;
import io.osspost.emulator.internal.object.ObjectName;
import io.osspost.emulator.internal.object.XmlBody;
import io.osspost.emulator.internal.protocol.Operation;
import io.osspost.emulator.internal.protocol.OssRequest;
import io.osspost.emulator.internal.protocol.Xml;
import io.osspost.emulator.internal.protocol.XmlElement;
import io.osspost.emulator.internal.store.ObjectStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * DeleteMultipleObjects. A missing object counts as deleted. Thread-safe.
 *
 * <p>Source: OSS documentation "DeleteMultipleObjects".
 */
public final class DeleteObjects implements Operation {
  private static final int MOST_BYTES = 2 << 20;
  private static final int MOST_KEYS = 1000;
  private static final Optional<String> MALFORMED = Optional.of("0016-00000608");

  private final ObjectStore store;
  private final ObjectAccess access;

  public DeleteObjects(ObjectStore store, ObjectAccess access) {
    this.store = store;
    this.access = access;
  }

  @Override
  public HttpAnswer perform(OssRequest request) throws IOException {
    access.requireWritable(request);
    UnaryOperator<String> encoding = ListParameters.encoding(request);
    byte[] body = XmlBody.bytes(request, MOST_BYTES, MALFORMED);
    XmlElement document = XmlBody.parse(body, "Delete", MALFORMED);
    List<String> keys =
        document.all("Object").stream()
            .map(object -> object.first("Key").map(XmlElement::text).orElse(""))
            .toList();
    if (keys.isEmpty() || keys.size() > MOST_KEYS) {
      throw XmlBody.malformed(MALFORMED)
          .because("the document names " + keys.size() + " objects, not 1 to " + MOST_KEYS);
    }
    keys.forEach(ObjectName::check);
    access.requireDeletable(request, keys);
    for (String key : keys) {
      store.delete(request.bucket(), key);
    }
    if (document.texts("Quiet").contains("true")) {
      return HttpAnswer.empty(200);
    }
    Xml xml = Xml.root("DeleteResult");
    ListParameters.writeEncoding(xml, request);
    for (String key : keys) {
      xml.open("Deleted").member("Key", encoding.apply(key)).close("Deleted");
    }
    return HttpAnswer.xml(200, xml.end());
  }
}
