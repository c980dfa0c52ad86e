package io.osspost;

import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.OssBucket;
import io.osspost.profile.AdmittedUpload;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.sign.SignatureVersion;
import io.osspost.sign.SignedPolicy;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Grants uploads to one bucket. Thread-safe; make one and keep it.
 *
 * <p>Reads the clock once per grant: the policy's expiration, the signature's date and the day of
 * its key come from the same instant.
 */
public final class UploadGrants {
  private static final String DEFAULT = "default";

  /** A profile, and the shapes its answers may have; the first is the one nobody has to ask for. */
  private record Offer(UploadProfile profile, List<FormShape> shapes) {
    static Offer of(UploadProfile profile) {
      boolean isDefault = profile.name().equals(DEFAULT);
      List<FormShape> both = List.of(FormShape.V4, FormShape.FORM);
      return new Offer(
          profile, isDefault && FormShape.V4.carries(profile) ? both : List.of(FormShape.FORM));
    }
  }

  private final OssBucket bucket;
  private final OssCredentialsProvider credentials;
  private final Map<String, Offer> offers;
  private final Clock clock;
  private final OpenTemplates templates;

  private UploadGrants(Builder builder, OssCredentialsProvider credentials) {
    this.bucket = builder.bucket;
    this.credentials = credentials;
    this.offers = new LinkedHashMap<>(builder.offers);
    this.clock = builder.clock;
    this.templates = new OpenTemplates(builder.signatureVersion);
    if (offers.isEmpty()) {
      offers.put(DEFAULT, Offer.of(UploadProfile.named(DEFAULT).build()));
    }
  }

  /** Starts grants for uploads to {@code bucket}. */
  public static Builder to(OssBucket bucket) {
    return new Builder(bucket);
  }

  /** The profile of that name, if there is one. */
  public Optional<UploadProfile> profile(String name) {
    return Optional.ofNullable(offers.get(name)).map(Offer::profile);
  }

  /** The shapes the profile of that name offers, its preferred one first; none if unknown. */
  public List<FormShape> shapes(String profileName) {
    Offer offer = offers.get(profileName);
    return offer == null ? List.of() : offer.shapes;
  }

  /**
   * Grants {@code caller} one form upload under the profile named {@code profileName}.
   *
   * @throws io.osspost.profile.UploadRefusedException when the caller or the file does not fit
   * @throws CredentialsUnavailableException when there are no credentials to sign with
   * @throws IllegalArgumentException when there is no such profile
   */
  public PostGrant post(String profileName, FormShape shape, Caller caller, PlannedUpload planned) {
    Offer offer = offers.get(profileName);
    if (offer == null) {
      throw new IllegalArgumentException(
          "There is no profile '" + profileName + "'. There are " + offers.keySet() + ".");
    }
    UploadProfile profile = offer.profile;
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    AdmittedUpload upload = profile.admit(caller, planned, now);
    OssBucket target = profile.bucket().orElse(bucket);
    OpenTemplates.Use use = OpenTemplates.Use.of(profile, target, shape, upload);
    OpenTemplates.Open open = templates.get(use, credentials.resolve(), now);
    SignedPolicy signed = open.template().sign(shape.narrow(upload));
    return new PostGrant(shape, profile, upload, signed, target.url(), now, open.expiresAt());
  }

  /** Collects what grants need. Not thread-safe. */
  public static final class Builder {
    private final OssBucket bucket;
    private final Map<String, Offer> offers = new LinkedHashMap<>();
    private @Nullable OssCredentialsProvider credentials;
    private Clock clock = Clock.systemUTC();
    private SignatureVersion signatureVersion = SignatureVersion.V4;

    private Builder(OssBucket bucket) {
      this.bucket = Objects.requireNonNull(bucket, "bucket");
    }

    /** What signs; the environment unless set. */
    public Builder credentials(OssCredentialsProvider credentials) {
      this.credentials = Objects.requireNonNull(credentials, "credentials");
      return this;
    }

    /**
     * Adds a profile; with none there is one named {@code default}, with safe limits. It offers
     * {@code form}, and the profile named {@code default} prefers {@code v4}.
     */
    public Builder profile(UploadProfile profile) {
      return add(Offer.of(profile));
    }

    /** Adds a profile that offers exactly {@code shapes}, its preferred one first. */
    public Builder profile(UploadProfile profile, List<FormShape> shapes) {
      if (shapes.isEmpty()) {
        throw new IllegalArgumentException(
            "Profile '" + profile.name() + "' offers no format. Name at least one.");
      }
      for (FormShape shape : shapes) {
        if (!shape.carries(profile)) {
          throw new IllegalArgumentException(
              "Pages of format "
                  + shape.code()
                  + " cannot send "
                  + String.join(", ", profile.formFieldsBeyondDefaults())
                  + ", which profile '"
                  + profile.name()
                  + "' sets. Offer format form only, or take the setting out.");
        }
      }
      return add(new Offer(profile, List.copyOf(shapes)));
    }

    private Builder add(Offer offer) {
      if (offers.putIfAbsent(offer.profile.name(), offer) != null) {
        throw new IllegalArgumentException(
            "There are two profiles named '" + offer.profile.name() + "'. Rename one.");
      }
      return this;
    }

    /** The signature of shape {@code form}; V4 unless set. The tutorials' shapes have their own. */
    public Builder signatureVersion(SignatureVersion version) {
      this.signatureVersion = Objects.requireNonNull(version, "version");
      return this;
    }

    /** The clock grants are dated by; the system's unless set. */
    public Builder clock(Clock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Makes the grants.
     *
     * @throws CredentialsUnavailableException when no provider was set and the environment has no
     *     credentials
     */
    public UploadGrants build() {
      return new UploadGrants(
          this, credentials == null ? OssCredentialsProvider.environment() : credentials);
    }
  }
}
