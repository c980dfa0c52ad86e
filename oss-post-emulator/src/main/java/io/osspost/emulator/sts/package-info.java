/**
 * The Security Token Service: lends the permissions of a role for a while.
 *
 * <p>Start at {@link io.osspost.emulator.sts.StsService}, which answers calls, and {@link
 * io.osspost.emulator.sts.Sessions}, which makes the keys. Not part of the emulator's API: it may
 * change without notice.
 */
@NullMarked
package io.osspost.emulator.sts;

import org.jspecify.annotations.NullMarked;
