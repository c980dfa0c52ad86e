/** Reads JSON. All other packages use this one for it. */
@NullMarked
package io.osspost.emulator.internal.json;

import org.jspecify.annotations.NullMarked;
