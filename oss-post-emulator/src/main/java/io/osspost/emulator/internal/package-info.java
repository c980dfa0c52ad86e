/**
 * The inside of the emulator: its assembly, and below it one package for each part. Not for users;
 * it changes without notice.
 */
@NullMarked
package io.osspost.emulator.internal;

import org.jspecify.annotations.NullMarked;
