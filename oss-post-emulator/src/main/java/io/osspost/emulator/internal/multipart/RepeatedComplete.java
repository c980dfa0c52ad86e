package io.osspost.emulator.internal.multipart;

import io.osspost.emulator.internal.object.ObjectErrors;
import io.osspost.emulator.internal.protocol.OssRequest;
import io.osspost.emulator.internal.store.ObjectEntry;
import io.osspost.emulator.internal.store.ObjectStore;
import io.osspost.emulator.rules.EmulatorRule;
import io.osspost.emulator.rules.EmulatorRules;
import java.util.Optional;

/**
 * The result of completing an upload again, by the rule {@code repeated-complete}: OSS does not
 * document it. Thread-safe.
 */
final class RepeatedComplete {
  private final ObjectStore store;
  private final EmulatorRules rules;

  RepeatedComplete(ObjectStore store, EmulatorRules rules) {
    this.store = store;
    this.rules = rules;
  }

  /**
   * Returns the object that an earlier request completed; empty if there is none, or if the rule
   * does not know completed uploads.
   */
  Optional<ObjectEntry> result(OssRequest request) {
    if (rules.has(EmulatorRule.REPEATED_COMPLETE_NO_SUCH_UPLOAD)) {
      return Optional.empty();
    }
    Optional<ObjectEntry> earlier =
        store.completed(request.bucket(), request.key(), MultipartParameters.uploadId(request));
    if (earlier.isPresent() && rules.has(EmulatorRule.REPEATED_COMPLETE_EXISTS)) {
      throw ObjectErrors.fileExists()
          .ec("0042-00000214")
          .because("the upload was completed already (rule repeated-complete=exists)");
    }
    return earlier;
  }
}
