/**
 * What shall go wrong, to see how a client takes it.
 *
 * <p>Start at {@link io.osspost.emulator.fault.Faults}. Nothing here does anything to a request:
 * the servers ask what is due, and do it.
 */
@NullMarked
package io.osspost.emulator.fault;

import org.jspecify.annotations.NullMarked;
