/**
 * The endpoints in each kind of web application: servlet filter or WebFlux filter, with Spring
 * Security's callers.
 *
 * <p>Nothing here decides: requests are copied in, answers out.
 */
@NullMarked
package io.osspost.spring.web;

import org.jspecify.annotations.NullMarked;
