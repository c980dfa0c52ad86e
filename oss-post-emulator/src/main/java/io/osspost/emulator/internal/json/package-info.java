/** The only reader of JSON in the emulator. */
@NullMarked
package io.osspost.emulator.internal.json;

import org.jspecify.annotations.NullMarked;
