package io.osspost.spring.web;

import java.util.function.Predicate;

/**
 * Somebody who is logged in.
 *
 * @param name the principal's name
 * @param roles whether the principal has the role of that name
 */
record Login(String name, Predicate<String> roles) {}
