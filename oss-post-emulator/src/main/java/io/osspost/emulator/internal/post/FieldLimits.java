package io.osspost.emulator.internal.post;

import static io.osspost.emulator.rules.EmulatorRule.FIELD_LIMIT_8_KB;
import static io.osspost.emulator.rules.EmulatorRule.FIELD_LIMIT_8_KB_TOGETHER;

import io.osspost.emulator.rules.EmulatorRules;

/**
 * The maximum lengths of the fields before the file, in bytes.
 *
 * <p>Sources: EC 0006-00000110, 0006-00000111 and 0006-00000112. One tutorial limits each field to
 * 8 KB, another one all fields together.
 */
record FieldLimits(int name, int value, int together) {
  static FieldLimits of(EmulatorRules rules) {
    if (rules.has(FIELD_LIMIT_8_KB)) {
      return new FieldLimits(8 << 10, 8 << 10, 8 << 20);
    }
    return rules.has(FIELD_LIMIT_8_KB_TOGETHER)
        ? new FieldLimits(8 << 10, 8 << 10, 8 << 10)
        : new FieldLimits(8 << 10, 2 << 20, 8 << 20);
  }
}
