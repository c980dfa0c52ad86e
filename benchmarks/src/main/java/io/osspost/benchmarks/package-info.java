/**
 * The cost of a grant, compared with other ways to make one.
 *
 * <p>Start at {@link io.osspost.benchmarks.Main}; {@link io.osspost.benchmarks.Contender} lists the
 * ways. Only the package {@code http} uses a network, on loopback.
 */
@NullMarked
package io.osspost.benchmarks;

import org.jspecify.annotations.NullMarked;
