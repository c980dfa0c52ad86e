/** Attacks that the tests of several examples share. */
@NullMarked
package io.osspost.examples.attacks;

import org.jspecify.annotations.NullMarked;
