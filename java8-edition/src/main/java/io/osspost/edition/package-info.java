/**
 * Makes the Java 8 edition of a jar: rewrites its classes, and checks that Java 8 has every API
 * they use.
 *
 * <p>Start at {@link io.osspost.edition.Java8Edition}. Replacements for newer APIs are in {@code
 * io.osspost.java8}.
 */
@NullMarked
package io.osspost.edition;

import org.jspecify.annotations.NullMarked;
