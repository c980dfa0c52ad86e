package io.osspost.web;

import java.util.List;
import java.util.Optional;

/**
 * What {@link UploadEndpoints} reads of a request. An adapter implements it by copying or asking
 * its container; nothing here decides.
 *
 * <p>Method and path are asked first. The rest is asked only when the path is ours, so an adapter
 * that reads parameters lazily leaves the bodies of other requests alone.
 */
public interface WebRequest {
  /** The HTTP method in upper case. */
  String method();

  /** The decoded path inside the application: without context path, parameters and query. */
  String path();

  /** The first header of that name, in any case. */
  Optional<String> header(String name);

  /** Every value of a query or form parameter, in order; empty when it was not sent. */
  List<String> parameters(String name);

  /** The name of the principal the container authenticated; empty when nobody is logged in. */
  Optional<String> principal();

  /** Whether that principal has {@code role}; false when nobody is logged in. */
  boolean isInRole(String role);
}
