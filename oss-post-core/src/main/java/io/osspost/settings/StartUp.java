package io.osspost.settings;

import io.osspost.GrantKind;
import io.osspost.PostFormat;
import io.osspost.PutFormat;
import io.osspost.UploadOffer;
import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.OssBucket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells the operator once where uploads go and which credentials sign them. Credentials that have
 * to be fetched are fetched in the background, so that a wrong role is known before the first
 * visitor comes.
 */
final class StartUp implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(UploadSettings.class.getName());

  private final Thread resolving;

  private StartUp(Thread resolving) {
    this.resolving = resolving;
  }

  /**
   * Logs the line, and starts to fetch the credentials.
   *
   * @param type the name of the credentials' type. An object of the application replaces those of
   *     type {@code env}
   */
  static Optional<StartUp> tell(
      Collection<UploadOffer> offers,
      OssCredentialsProvider credentials,
      String type,
      List<URI> callbacks) {
    Optional<OssCredentials> fixed = credentials.fixedCredentials();
    LOG.log(
        System.Logger.Level.INFO,
        "Uploads go to {0}. Credentials: {1}{2}. Grants: {3}. {4}.",
        buckets(offers),
        type.equals("env") && !areOfEnvironment(fixed) ? "of the application" : type,
        fixed.map(key -> ", " + masked(key)).orElse(""),
        grants(offers),
        callbacks.isEmpty()
            ? "OSS does not call back"
            : "OSS calls " + String.join(", ", texts(callbacks)));
    if (fixed.isPresent()) {
      return Optional.empty();
    }
    Thread resolving = new Thread(() -> resolve(credentials), "oss-post-start-up");
    resolving.setDaemon(true);
    resolving.setContextClassLoader(StartUp.class.getClassLoader());
    resolving.start();
    return Optional.of(new StartUp(resolving));
  }

  /**
   * Names the permissions that the server needs to look at objects. OSS is not asked: a look needs
   * an object.
   */
  static void tellOfPermissions(CallbackSettings callback, boolean ledger, boolean inParts) {
    String effect = "confirmations of pages are answered with 503";
    if (callback.parameter().isPresent()) {
      effect =
          ledger || callback.isRefusedWithoutLook()
              ? "callbacks and confirmations are answered with 503"
              : "callbacks are reported unconfirmed, and confirmations are answered with 503";
    }
    LOG.log(
        System.Logger.Level.INFO,
        "The server looks at uploaded objects, so its credentials need oss:GetObject for the"
            + " directories of the profiles{0}. Without oss:GetObject {1}.",
        inParts ? ", and oss:ListParts and oss:AbortMultipartUpload for uploads in parts" : "",
        ledger ? effect + ", and the sweep reports no upload" : effect);
  }

  /** Ends the fetch, so that a redeployed application leaves no thread behind. */
  @Override
  public void close() {
    resolving.interrupt();
    try {
      resolving.join(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean areOfEnvironment(Optional<OssCredentials> fixed) {
    return fixed.isPresent() && System.getenv().containsValue(fixed.get().accessKeyId());
  }

  private static void resolve(OssCredentialsProvider credentials) {
    try {
      OssCredentials resolved = credentials.resolve();
      LOG.log(
          System.Logger.Level.INFO,
          "Uploads are signed with {0}{1}.",
          masked(resolved),
          resolved.expiration().map(end -> ", valid until " + end).orElse(""));
    } catch (CredentialsUnavailableException e) {
      // A provider that fetches logs its first failure itself.
      LOG.log(
          credentials.refreshes().isPresent()
              ? System.Logger.Level.DEBUG
              : System.Logger.Level.WARNING,
          "No upload can be granted yet. {0}",
          e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "No upload can be granted yet: the credentials failed with {0}.",
          e.getClass().getName());
    }
  }

  /** Returns the ends of the AccessKey id, which is enough to recognize it. */
  private static String masked(OssCredentials credentials) {
    String id = credentials.accessKeyId();
    return id.length() < 12
        ? id.substring(0, Math.min(4, id.length())) + "****"
        : id.substring(0, 4) + "****" + id.substring(id.length() - 4);
  }

  private static String buckets(Collection<UploadOffer> offers) {
    List<String> buckets = new ArrayList<>();
    offers.stream()
        .map(UploadOffer::bucket)
        .distinct()
        .forEach(bucket -> buckets.add(bucketText(bucket)));
    return String.join(", ", buckets);
  }

  private static String bucketText(OssBucket bucket) {
    return "bucket " + bucket.name() + " (" + bucket.region() + ") at " + bucket.url();
  }

  /** Returns the profiles by what they grant, because many have the same kinds and formats. */
  private static String grants(Collection<UploadOffer> offers) {
    Map<String, List<String>> profiles = new LinkedHashMap<>();
    for (UploadOffer offer : offers) {
      profiles
          .computeIfAbsent(grantsOf(offer), grants -> new ArrayList<>())
          .add(offer.profile().name());
    }
    List<String> texts = new ArrayList<>();
    profiles.forEach((grants, names) -> texts.add(grants + " (" + String.join(", ", names) + ")"));
    return String.join("; ", texts);
  }

  private static String grantsOf(UploadOffer offer) {
    List<String> grants = new ArrayList<>();
    for (GrantKind kind : offer.kinds().stream().sorted().toList()) {
      String formats =
          switch (kind) {
            case POST -> formats(offer.postFormats().stream().map(PostFormat::code).toList());
            case PUT -> formats(offer.putFormats().stream().map(PutFormat::code).toList());
            default -> "";
          };
      grants.add(kind.code() + formats);
    }
    return String.join(", ", grants);
  }

  private static String formats(List<String> codes) {
    return " " + String.join("/", codes);
  }

  private static List<String> texts(List<URI> urls) {
    return urls.stream().map(URI::toString).toList();
  }
}
