/**
 * Faults of the service, to test how a client handles them.
 *
 * <p>Start at {@link io.osspost.emulator.fault.Faults}. The servers look up the faults of each
 * request and produce them.
 */
@NullMarked
package io.osspost.emulator.fault;

import org.jspecify.annotations.NullMarked;
