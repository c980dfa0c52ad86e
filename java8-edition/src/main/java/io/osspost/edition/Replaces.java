package io.osspost.edition;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a type that replaces a type that Java 8 lacks, with the same members. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface Replaces {
  /** The binary name of the type in the JDK. */
  String value();
}
