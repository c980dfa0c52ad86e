package io.osspost.edition;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a class with the methods that a class of Java 8 lacks. Every method is static. A method of
 * objects has the object as its first parameter.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface Supplies {
  /** The binary name of the class in the JDK. */
  String value();
}
