/**
 * What the filter costs a container: its requests per second, waiting and CPU, beside those of a
 * bare servlet that answers the same bytes.
 *
 * <p>Start at {@link io.osspost.benchmarks.http.FilterComparison}. Everything stays on loopback.
 */
@NullMarked
package io.osspost.benchmarks.http;

import org.jspecify.annotations.NullMarked;
