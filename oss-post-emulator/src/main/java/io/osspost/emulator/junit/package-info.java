/**
 * Emulators for tests written with JUnit Jupiter, which is an optional dependency.
 *
 * <p>Start at {@link io.osspost.emulator.junit.OssEmulatorExtension}.
 */
@NullMarked
package io.osspost.emulator.junit;

import org.jspecify.annotations.NullMarked;
