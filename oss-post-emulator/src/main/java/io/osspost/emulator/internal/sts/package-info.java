/**
 * The Security Token Service, which issues temporary keys with the permissions of a role.
 *
 * <p>Start at {@link io.osspost.emulator.internal.sts.StsService}, which handles calls, and {@link
 * io.osspost.emulator.internal.sts.Sessions}, which issues the keys. Not part of the emulator's
 * API: it may change without notice.
 */
@NullMarked
package io.osspost.emulator.internal.sts;

import org.jspecify.annotations.NullMarked;
