/**
 * What a grant costs, beside the other ways to make one.
 *
 * <p>Start at {@link io.osspost.benchmarks.Main}; {@link io.osspost.benchmarks.Contender} lists the
 * ways. Nothing here talks to a network; {@code http} does, on loopback.
 */
@NullMarked
package io.osspost.benchmarks;

import org.jspecify.annotations.NullMarked;
