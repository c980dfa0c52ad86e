/**
 * Operations on one object, and who may perform them.
 *
 * <p>Start at {@link io.osspost.emulator.object.GetObject}; {@link
 * io.osspost.emulator.object.ObjectAccess} decides who may read or write. Not part of the
 * emulator's API: it may change without notice.
 */
@NullMarked
package io.osspost.emulator.object;

import org.jspecify.annotations.NullMarked;
