package io.osspost;

import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.credentials.TokenVendor;
import io.osspost.object.OssBucket;
import io.osspost.object.ProfileId;
import io.osspost.profile.UploadProfile;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One revision of a tenant's profile: its limits, its bucket, and the credentials for that bucket.
 * Immutable.
 *
 * <p>Its signing keys and templates are cached by identity and revision. A change of the bucket,
 * the credentials or a limit needs a larger revision. With the same revision it has no effect.
 */
public final class TenantProfile {
  private final ProfileId id;
  private final long revision;
  private final OfferSettings offer;
  private final Supplier<OssCredentialsProvider> credentials;
  private final boolean closesCredentials;
  private final @Nullable TokenVendor tokens;

  private TenantProfile(Builder builder, Supplier<OssCredentialsProvider> credentials) {
    this.id = builder.id;
    this.revision = builder.revision;
    this.offer =
        new OfferSettings(builder.profile, builder.kinds, builder.postFormats, builder.putFormats);
    this.credentials = credentials;
    this.closesCredentials = builder.closesCredentials;
    this.tokens = builder.tokens;
  }

  /**
   * Returns a builder of a profile that grants forms in format {@code form}.
   *
   * @param id the tenant and its profile
   * @param revision any number that grows with every change, such as a version column or the
   *     milliseconds of the change
   * @param profile the limits, with a bucket
   * @return a builder
   * @throws IllegalArgumentException if {@code profile} has no bucket, or has a quota or a limit of
   *     open uploads
   */
  public static Builder builder(ProfileId id, long revision, UploadProfile profile) {
    return new Builder(id, revision, profile);
  }

  /** {@return the tenant and its profile} */
  public ProfileId id() {
    return id;
  }

  /** {@return the number that grows with every change} */
  public long revision() {
    return revision;
  }

  /** {@return the limits} */
  public UploadProfile profile() {
    return offer.profile();
  }

  OssBucket bucket() {
    return profile().bucket().orElseThrow();
  }

  OfferSettings offer() {
    return offer;
  }

  /** Returns the credentials, newly opened if {@link #closesCredentials}. */
  OssCredentialsProvider openCredentials() {
    return Objects.requireNonNull(credentials.get(), "credentials");
  }

  boolean closesCredentials() {
    return closesCredentials;
  }

  Optional<TokenVendor> tokens() {
    return Optional.ofNullable(tokens);
  }

  /** Returns identity and revision, never the credentials. */
  @Override
  public String toString() {
    return "TenantProfile[" + id + ", revision " + revision + "]";
  }

  /** Collects the settings of a tenant's profile. Not thread-safe. */
  public static final class Builder {
    private final ProfileId id;
    private final long revision;
    private final UploadProfile profile;
    private Set<GrantKind> kinds = Set.of(GrantKind.POST);
    private List<PostFormat> postFormats = List.of(PostFormat.FORM);
    private List<PutFormat> putFormats = List.of(PutFormat.FORM);
    private @Nullable Supplier<OssCredentialsProvider> credentials;
    private boolean closesCredentials;
    private @Nullable TokenVendor tokens;

    private Builder(ProfileId id, long revision, UploadProfile profile) {
      this.id = Objects.requireNonNull(id, "id");
      this.revision = revision;
      this.profile = profile;
      if (profile.bucket().isEmpty()) {
        throw new IllegalArgumentException(
            "Profile " + id + " has no bucket. Set UploadProfile.Builder.bucket.");
      }
      if (profile.quota().isSet()) {
        throw new IllegalArgumentException(
            "Profile "
                + id
                + " has a quota or a limit of open uploads, which are counted for the profile's"
                + " name, not for the tenant. Remove it, or configure the profile in the"
                + " settings.");
      }
    }

    /**
     * Sets the credentials that sign. The application closes them, after this profile is no longer
     * used.
     *
     * @param provider called once per grant
     * @return this builder
     */
    public Builder credentials(OssCredentialsProvider provider) {
      Objects.requireNonNull(provider, "provider");
      this.credentials = () -> provider;
      this.closesCredentials = false;
      return this;
    }

    /**
     * Sets how the credentials that sign are opened. That happens once for this revision, when it
     * is used first. They are closed when the revision is replaced, removed from the cache, or the
     * grants are closed: after the last request that uses them.
     *
     * @param opened returns a new provider at each call
     * @return this builder
     */
    public Builder openCredentials(Supplier<OssCredentialsProvider> opened) {
      this.credentials = Objects.requireNonNull(opened, "opened");
      this.closesCredentials = true;
      return this;
    }

    /**
     * Sets the kinds of grants. Defaults to forms.
     *
     * @param kinds at least one; tokens need {@link #tokens}
     * @return this builder
     */
    public Builder kinds(Set<GrantKind> kinds) {
      this.kinds = Set.copyOf(kinds);
      return this;
    }

    /**
     * Sets the formats of forms. Defaults to {@code form}.
     *
     * @param formats at least one; the first one is the default
     * @return this builder
     */
    public Builder postFormats(List<PostFormat> formats) {
      this.postFormats = List.copyOf(formats);
      return this;
    }

    /**
     * Sets the formats of presigned PUTs. Defaults to {@code form}.
     *
     * @param formats at least one; the first one is the default
     * @return this builder
     */
    public Builder putFormats(List<PutFormat> formats) {
      this.putFormats = List.copyOf(formats);
      return this;
    }

    /**
     * Sets the source of security tokens. Defaults to none.
     *
     * @param vendor called once per token grant; the application closes it
     * @return this builder
     */
    public Builder tokens(TokenVendor vendor) {
      this.tokens = Objects.requireNonNull(vendor, "vendor");
      return this;
    }

    /**
     * Builds the profile.
     *
     * @return the profile
     * @throws IllegalArgumentException if there are no credentials
     */
    public TenantProfile build() {
      if (credentials == null) {
        throw new IllegalArgumentException(
            "Profile " + id + " has no credentials. Set credentials or openCredentials.");
      }
      return new TenantProfile(this, credentials);
    }
  }
}
