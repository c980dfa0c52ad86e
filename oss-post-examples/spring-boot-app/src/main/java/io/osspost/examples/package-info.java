/** A Spring Boot application whose page uploads straight to OSS. */
@NullMarked
package io.osspost.examples;

import org.jspecify.annotations.NullMarked;
