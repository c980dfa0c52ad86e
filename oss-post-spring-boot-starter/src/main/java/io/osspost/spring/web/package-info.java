/**
 * The endpoints behind each kind of web application: servlet filter or WebFlux filter, with the
 * callers Spring Security knows.
 *
 * <p>Nothing here decides: requests are copied in, answers out.
 */
@NullMarked
package io.osspost.spring.web;

import org.jspecify.annotations.NullMarked;
