/** Runs an example's WAR without a container and without a cloud account. */
@NullMarked
package io.osspost.examples.runner;

import org.jspecify.annotations.NullMarked;
