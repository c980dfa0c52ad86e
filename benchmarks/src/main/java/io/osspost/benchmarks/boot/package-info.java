/**
 * What the starter costs a Spring Boot application.
 *
 * <p>Start at {@link io.osspost.benchmarks.boot.BootStart}. The application measured knows none of
 * our classes: whether they are there is a matter of its class path.
 */
@NullMarked
package io.osspost.benchmarks.boot;

import org.jspecify.annotations.NullMarked;
