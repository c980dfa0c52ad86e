/**
 * The assembly of the emulator from its parts. Each package below contains one part. Not part of
 * the emulator's API: it may change without notice.
 */
@NullMarked
package io.osspost.emulator.internal;

import org.jspecify.annotations.NullMarked;
