package io.osspost;

import io.osspost.object.ProfileId;
import io.osspost.profile.Caller;
import io.osspost.profile.RequestView;
import java.util.Optional;

/**
 * Finds profiles at run time, such as those of tenants in a table. It is asked before the
 * configured profiles, on every request of a page, from any thread. So it should answer quickly.
 *
 * <p>A source decides which tenant a caller belongs to. It must not trust a host or a header alone,
 * if that would show a caller the profile of another tenant.
 */
@FunctionalInterface
public interface ProfileSource {
  /**
   * Finds the profile that a caller uploads with now.
   *
   * @param name the name that the page requests: 1 to 63 lower-case letters, digits and hyphens
   * @param caller the caller of the request
   * @param request the host and the headers of the request
   * @return the profile, with that name; empty to use the configured profile of that name, if there
   *     is one
   */
  Optional<TenantProfile> find(String name, Caller caller, RequestView request);

  /**
   * Finds the profile of an earlier grant, whenever this server sends a request to its bucket: for
   * a callback, a confirmation or an upload in parts, and in the sweep. Defaults to empty. Then
   * only profiles are known that this process used recently, and uploads of others cannot be looked
   * at.
   *
   * @param id the identity in the ticket or in the ledger
   * @return the profile as it is now, with that identity; empty if it was deleted
   */
  default Optional<TenantProfile> find(ProfileId id) {
    return Optional.empty();
  }
}
