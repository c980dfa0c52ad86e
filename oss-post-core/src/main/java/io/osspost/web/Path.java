package io.osspost.web;

import io.osspost.profile.Caller;
import java.util.List;

/**
 * A path of the endpoints: the methods that it allows, and its work for a caller who is known and
 * within the rate.
 *
 * @param kind what the path gives, for events
 * @param grants whether the path grants an upload, rather than continues or confirms one
 */
record Path(String kind, List<String> methods, boolean grants, Work work) {
  static final String FORM = "application/x-www-form-urlencoded";

  static final List<String> GET_OR_POST = List.of("GET", "POST");

  /** For paths with an effect or a ticket. */
  static final List<String> POST = List.of("POST");

  /** The work of a path. */
  @FunctionalInterface
  interface Work {
    WebResponse respond(WebRequest request, Caller caller, Attempt attempt);
  }

  /** Returns the value of the header {@code Allow}. */
  String allow() {
    return String.join(", ", methods) + ", OPTIONS";
  }

  String mediaTypeFix() {
    return methods.contains("GET")
        ? "Send query parameters, or a body of type " + FORM + "."
        : "Send a body of type " + FORM + ".";
  }
}
