/** The one reader of JSON. */
@NullMarked
package io.osspost.emulator.internal.json;

import org.jspecify.annotations.NullMarked;
