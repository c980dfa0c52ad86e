/**
 * The emulator in a container, for tests written with Testcontainers, which is an optional
 * dependency.
 *
 * <p>Start at {@link io.osspost.emulator.testcontainers.OssEmulatorContainer}.
 */
@NullMarked
package io.osspost.emulator.testcontainers;

import org.jspecify.annotations.NullMarked;
