/**
 * Operations on one object, and the checks of access.
 *
 * <p>Start at {@link io.osspost.emulator.internal.object.GetObject}; {@link
 * io.osspost.emulator.internal.object.ObjectAccess} checks that a request may read or write. Not
 * part of the emulator's API: it may change without notice.
 */
@NullMarked
package io.osspost.emulator.internal.object;

import org.jspecify.annotations.NullMarked;
