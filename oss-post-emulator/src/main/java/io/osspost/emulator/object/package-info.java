/**
 * Reading stored objects.
 *
 * <p>Start at {@link io.osspost.emulator.object.GetObject}. Signed reads are not checked yet, so
 * only what is public can be read. Not part of the emulator's API: it may change without notice.
 */
@NullMarked
package io.osspost.emulator.object;

import org.jspecify.annotations.NullMarked;
