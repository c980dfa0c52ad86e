package io.osspost.web;

import io.osspost.callback.CallbackRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@link UploadEndpoints} reads of a request. An adapter implements it by copying or asking
 * its container; nothing here decides.
 *
 * <p>Path and method are asked first. The rest is asked only when the path is ours, so an adapter
 * that reads parameters and bodies lazily leaves those of other requests alone. Of one request
 * either parameters or the body are asked for, never both.
 */
public interface WebRequest extends CallbackRequest {
  /**
   * {@return the decoded path inside the application: without context path, parameters and query}
   */
  String path();

  /**
   * {@return all parameters that the container knows, of the query and of the form, with their
   * values in order} Asked once per request for a grant.
   *
   * @throws IllegalStateException if the container cannot read the parameters
   */
  Map<String, List<String>> parameters();

  /**
   * {@return the name of the principal the container authenticated; empty when nobody is logged in}
   */
  Optional<String> principal();

  /**
   * {@return whether that principal has {@code role}; false when nobody is logged in}
   *
   * @param role a name as the operator wrote it among the profile's roles
   */
  boolean isInRole(String role);
}
