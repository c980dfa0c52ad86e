package io.osspost.spring.web;

import java.util.function.Predicate;

/**
 * A logged-in user.
 *
 * @param name the principal's name
 * @param roles returns whether the principal has the role of that name
 */
record Login(String name, Predicate<String> roles) {}
