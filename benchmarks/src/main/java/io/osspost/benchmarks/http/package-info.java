/**
 * The cost of the filter for a container: its requests per second, latency and CPU time, compared
 * with a bare servlet that answers the same bytes.
 *
 * <p>Start at {@link io.osspost.benchmarks.http.FilterComparison}. Everything stays on loopback.
 */
@NullMarked
package io.osspost.benchmarks.http;

import org.jspecify.annotations.NullMarked;
