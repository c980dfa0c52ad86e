/**
 * The sweep: reports uploads whose callback and confirmation were lost, and discards the parts of
 * uploads that ended.
 *
 * <p>Start at {@link io.osspost.sweep.Sweep}. Not exported: settings open it.
 */
@NullMarked
package io.osspost.sweep;

import org.jspecify.annotations.NullMarked;
