/**
 * Methods and types that are newer than Java 8. The jars of the Java 8 edition call them in place
 * of those of the JDK. They behave as the JDK's do, except that collections answer questions about
 * null with {@code false} or null.
 */
@NullMarked
package io.osspost.java8;

import org.jspecify.annotations.NullMarked;
