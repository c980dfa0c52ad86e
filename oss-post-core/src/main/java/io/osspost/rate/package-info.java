/**
 * Rates: how many requests each caller may send, counted by this server or by a store.
 *
 * <p>Start at {@link io.osspost.rate.CallerRate}. Not exported: settings open it.
 */
@NullMarked
package io.osspost.rate;

import org.jspecify.annotations.NullMarked;
