/** The emulator's clock, which tests set. */
@NullMarked
package io.osspost.emulator.clock;

import org.jspecify.annotations.NullMarked;
