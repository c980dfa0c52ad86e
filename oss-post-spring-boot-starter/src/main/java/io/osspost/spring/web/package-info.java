/**
 * The endpoints in each kind of web application: servlet filter or WebFlux filter, with Spring
 * Security's callers.
 *
 * <p>This package only copies requests and responses.
 */
@NullMarked
package io.osspost.spring.web;

import org.jspecify.annotations.NullMarked;
