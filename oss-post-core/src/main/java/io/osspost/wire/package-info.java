/**
 * The few formats everything else is written in: JSON out and in, percent-encoding, HMACs, UTC
 * times.
 *
 * <p>Nothing here knows what is being written or signed. Not exported.
 */
@NullMarked
package io.osspost.wire;

import org.jspecify.annotations.NullMarked;
