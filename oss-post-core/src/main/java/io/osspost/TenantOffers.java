package io.osspost;

import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.BucketRef;
import io.osspost.object.EndpointRules;
import io.osspost.object.ProfileId;
import io.osspost.profile.Caller;
import io.osspost.profile.RequestView;
import io.osspost.wire.UseCount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The offers of profiles that a source finds. The newest revision of each profile is cached; if
 * there are too many, the one that was not used for the longest time is removed. A removed revision
 * is closed after its last request. Thread-safe.
 */
final class TenantOffers implements AutoCloseable {
  private final ProfileSource source;
  private final EndpointRules rules;
  private final int max;
  private final BiFunction<TenantProfile, OssCredentialsProvider, UploadOffer> maker;

  /** The newest revisions, the least recently used first. Guarded by itself. */
  private final Map<ProfileId, Revision> newest = new LinkedHashMap<>(16, 0.75f, true);

  private boolean closed;

  /**
   * Creates an empty cache.
   *
   * @param max the number of profiles to cache
   * @param maker makes the offer of a profile, whose credentials are open
   */
  TenantOffers(
      ProfileSource source,
      EndpointRules rules,
      int max,
      BiFunction<TenantProfile, OssCredentialsProvider, UploadOffer> maker) {
    this.source = source;
    this.rules = rules;
    this.max = max;
    this.maker = maker;
  }

  /** Returns the offer of a profile that a caller requests; empty if the source has none. */
  Optional<OfferLease> find(String name, Caller caller, RequestView request) {
    Optional<TenantProfile> found = source.find(name, caller, request);
    found.ifPresent(profile -> requireName(profile, name));
    return found.map(this::lease);
  }

  /** Returns the offer of an earlier grant, if its profile still has that bucket. */
  Optional<OfferLease> find(BucketRef bucket) {
    Optional<OfferLease> found =
        bucket.profile().flatMap(id -> ofSource(id).map(this::lease).or(() -> cached(id)));
    if (found.isPresent() && !found.get().offer().bucket().name().equals(bucket.name())) {
      found.get().close();
      return Optional.empty();
    }
    return found;
  }

  private Optional<TenantProfile> ofSource(ProfileId id) {
    Optional<TenantProfile> found = source.find(id);
    found.ifPresent(profile -> requireId(profile, id));
    return found;
  }

  /** Returns the number of cached profiles. */
  int size() {
    synchronized (newest) {
      return newest.size();
    }
  }

  /** Closes every revision after its last request. No further use begins. */
  @Override
  public void close() {
    List<Revision> removed;
    synchronized (newest) {
      closed = true;
      removed = new ArrayList<>(newest.values());
      newest.clear();
    }
    removed.forEach(revision -> revision.uses.end());
  }

  private static void requireName(TenantProfile profile, String name) {
    if (!profile.profile().name().equals(name)) {
      throw new InvalidTenantProfileException(
          profile,
          new IllegalArgumentException(
              "The source returned a profile with the name '"
                  + profile.profile().name()
                  + "' for a request of '"
                  + name
                  + "'. Return profiles with the requested name."));
    }
  }

  /** Rejects another tenant's profile, whose credentials would sign the request. */
  private static void requireId(TenantProfile profile, ProfileId id) {
    if (!profile.id().equals(id)) {
      throw new InvalidTenantProfileException(
          profile,
          new IllegalArgumentException(
              "The source returned this profile for a request of '"
                  + id
                  + "'. Return the profile with the requested id, or none."));
    }
  }

  /** Rejects two profiles with one id, because the second would get the limits of the first. */
  private static void requireSameName(TenantProfile cached, TenantProfile found) {
    String name = cached.profile().name();
    if (!name.equals(found.profile().name())) {
      throw new InvalidTenantProfileException(
          found,
          new IllegalArgumentException(
              "The profiles '"
                  + name
                  + "' and '"
                  + found.profile().name()
                  + "' have the same id. Give each profile of a tenant its own id."));
    }
  }

  private OfferLease lease(TenantProfile profile) {
    List<Revision> removed = new ArrayList<>();
    Revision revision;
    synchronized (newest) {
      if (closed) {
        throw new IllegalStateException(
            "The grants are closed. Use the grants that replaced them.");
      }
      Revision cached = newest.get(profile.id());
      // Another request may have read a newer row in the meantime.
      if (cached != null && cached.profile.revision() >= profile.revision()) {
        requireSameName(cached.profile, profile);
        revision = cached;
      } else {
        revision = new Revision(profile);
        Revision older = newest.put(profile.id(), revision);
        if (older != null) {
          removed.add(older);
        }
        removeEldest(removed);
      }
      revision.uses.begin();
    }
    removed.forEach(old -> old.uses.end());
    return opened(revision);
  }

  private Optional<OfferLease> cached(ProfileId id) {
    Revision revision;
    synchronized (newest) {
      revision = newest.get(id);
      if (revision == null) {
        return Optional.empty();
      }
      revision.uses.begin();
    }
    return Optional.of(opened(revision));
  }

  /** Must be called with the lock. */
  private void removeEldest(List<Revision> removed) {
    while (newest.size() > max) {
      ProfileId eldest = newest.keySet().iterator().next();
      removed.add(newest.remove(eldest));
    }
  }

  private OfferLease opened(Revision revision) {
    boolean complete = false;
    try {
      OfferLease lease = new OfferLease(revision.offer(), revision.uses::finish);
      complete = true;
      return lease;
    } finally {
      if (!complete) {
        remove(revision);
        revision.uses.finish();
      }
    }
  }

  /** Removes a revision that failed, so that the next request tries it again. */
  private void remove(Revision revision) {
    boolean removed;
    synchronized (newest) {
      removed = newest.remove(revision.profile.id(), revision);
    }
    if (removed) {
      revision.uses.end();
    }
  }

  /** One revision of a profile, whose offer is made when it is used first. */
  private final class Revision {
    private final TenantProfile profile;
    private final UseCount uses = new UseCount(this::close);
    private @Nullable OssCredentialsProvider credentials;
    private @Nullable UploadOffer offer;

    Revision(TenantProfile profile) {
      this.profile = profile;
    }

    synchronized UploadOffer offer() {
      if (offer == null) {
        try {
          offer = make();
        } catch (IllegalArgumentException e) {
          throw new InvalidTenantProfileException(profile, e);
        }
      }
      return offer;
    }

    /** Checks the address first, so that no credentials are opened for a forbidden one. */
    private UploadOffer make() {
      rules.require(profile.bucket());
      if (credentials == null) {
        credentials = profile.openCredentials();
      }
      return maker.apply(profile, credentials);
    }

    private synchronized void close() {
      if (credentials != null && profile.closesCredentials()) {
        try {
          credentials.close();
        } catch (RuntimeException e) {
          GrantLog.warn("Could not close the credentials of " + profile + ": " + e);
        }
      }
    }
  }
}
