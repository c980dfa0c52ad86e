/**
 * The start-up cost of the starter for a Spring Boot application.
 *
 * <p>Start at {@link io.osspost.benchmarks.boot.BootStart}. The measured application uses no class
 * of the starter; only its class path differs.
 */
@NullMarked
package io.osspost.benchmarks.boot;

import org.jspecify.annotations.NullMarked;
