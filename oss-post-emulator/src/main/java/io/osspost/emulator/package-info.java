/**
 * An emulator of Alibaba Cloud OSS that checks upload forms as OSS does.
 *
 * <p>Start at {@link io.osspost.emulator.OssEmulator}.
 */
@NullMarked
package io.osspost.emulator;

import org.jspecify.annotations.NullMarked;
