/**
 * The Security Token Service: lends the permissions of a role for a while.
 *
 * <p>Start at {@link io.osspost.emulator.internal.sts.StsService}, which answers calls, and {@link
 * io.osspost.emulator.internal.sts.Sessions}, which makes the keys. Not part of the emulator's API:
 * it may change without notice.
 */
@NullMarked
package io.osspost.emulator.internal.sts;

import org.jspecify.annotations.NullMarked;
