/**
 * The inside of the emulator: what puts it together, and below it one package for each part. Not
 * for users; it changes without notice.
 */
@NullMarked
package io.osspost.emulator.internal;

import org.jspecify.annotations.NullMarked;
