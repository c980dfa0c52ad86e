package io.osspost.web;

import io.osspost.callback.CallbackRequest;
import io.osspost.profile.RequestView;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parts of a request that {@link UploadEndpoints} reads. An adapter implements it by copying or
 * by delegating to its container.
 *
 * <p>Path and method are read first, and the rest only if the path is one of the endpoints. So an
 * adapter that reads parameters and bodies lazily leaves other requests untouched. Either the
 * parameters or the body of a request are read, never both.
 */
public interface WebRequest extends CallbackRequest, RequestView {
  /**
   * {@return the decoded path inside the application: without context path, parameters and query}
   */
  String path();

  /**
   * {@return all parameters that the container knows, of the query and of the form, with their
   * values in order} Called once per request for a grant.
   *
   * @throws IllegalStateException if the container cannot read the parameters
   */
  Map<String, List<String>> parameters();

  /**
   * {@return the name of the principal that the container authenticated; empty if the client is not
   * logged in}
   */
  Optional<String> principal();

  /**
   * {@return the same principal as an object, from which an application can choose another name}
   * Defaults to one with only that name.
   */
  default Optional<Principal> userPrincipal() {
    return principal().map(name -> () -> name);
  }

  @Override
  Optional<String> header(String name);

  /**
   * {@return an attribute of the client's session; empty if there is none} Defaults to no session.
   * An adapter never creates a session for it.
   *
   * @param name the attribute's name
   */
  default Optional<Object> sessionAttribute(String name) {
    return Optional.empty();
  }

  /**
   * {@return the host and port that the client used, if the framework resolved them, such as {@code
   * www.example.com} or {@code www.example.com:8443}; the header {@code Host} by default} Behind a
   * proxy they may differ from the header.
   */
  @Override
  default Optional<String> host() {
    return header("Host");
  }

  /**
   * {@return the IP address of the client, as the container or framework knows it} Behind a proxy
   * it is the proxy's, unless the container resolves the headers of the proxy. Defaults to none.
   */
  default Optional<String> clientAddress() {
    return Optional.empty();
  }

  /**
   * {@return whether that principal has {@code role}; false if the client is not logged in}
   *
   * @param role a name from the profile's roles
   */
  boolean isInRole(String role);
}
