/**
 * An emulator of Alibaba Cloud OSS that judges upload forms as OSS does.
 *
 * <p>Start at {@link io.osspost.emulator.OssEmulator}.
 */
@NullMarked
package io.osspost.emulator;

import org.jspecify.annotations.NullMarked;
