/**
 * The formats of texts and messages: JSON, percent-encoding, HMACs, UTC times.
 *
 * <p>Nothing here depends on the meaning of a text. Not exported.
 */
@NullMarked
package io.osspost.wire;

import org.jspecify.annotations.NullMarked;
