/**
 * The cost of the ledger and of reported uploads in PostgreSQL: events per second, and the time
 * that the ledger adds to a grant.
 *
 * <p>Start at {@link io.osspost.benchmarks.store.StoreCost}. Everything stays on loopback.
 */
@NullMarked
package io.osspost.benchmarks.store;

import org.jspecify.annotations.NullMarked;
