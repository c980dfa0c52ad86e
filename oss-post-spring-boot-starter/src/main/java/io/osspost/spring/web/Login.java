package io.osspost.spring.web;

import java.security.Principal;
import java.util.function.Predicate;

/**
 * A logged-in user.
 *
 * @param principal as the framework authenticated it
 * @param roles returns whether the principal has the role of that name
 */
record Login(Principal principal, Predicate<String> roles) {}
