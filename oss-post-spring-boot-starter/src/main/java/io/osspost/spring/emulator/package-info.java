/**
 * An emulator for development and tests, in place of a bucket: in this process, or in a container.
 *
 * <p>Tests start at {@link io.osspost.spring.emulator.AutoConfigureOssEmulator}.
 */
@NullMarked
package io.osspost.spring.emulator;

import org.jspecify.annotations.NullMarked;
