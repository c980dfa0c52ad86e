package io.osspost.settings;

import static io.osspost.settings.SettingReader.checked;

import io.osspost.UploadGrants;
import io.osspost.UploadOffer;
import io.osspost.callback.CallbackMemory;
import io.osspost.callback.ConfirmMode;
import io.osspost.callback.UploadCallbacks;
import io.osspost.callback.UploadConfirmation;
import io.osspost.callback.UploadListener;
import io.osspost.callback.UploadReports;
import io.osspost.callback.UploadedObject;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.credentials.TokenVendor;
import io.osspost.multipart.MultipartUploads;
import io.osspost.object.OssBucket;
import io.osspost.profile.KeyNaming;
import io.osspost.web.CallerAuthorizer;
import io.osspost.web.PrincipalNames;
import io.osspost.web.RateLimit;
import io.osspost.web.UploadEndpoints;
import io.osspost.wire.LogText;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Builds the endpoints from the settings and the application's collaborators. If that fails,
 * everything that was opened is closed.
 */
final class Assembly {
  private static final System.Logger LOG = System.getLogger(UploadSettings.class.getName());

  private final UploadSettings settings;
  private final Collaborators brought;
  private final NamedObjects objects;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final Set<Object> owned = Collections.newSetFromMap(new IdentityHashMap<>());

  Assembly(UploadSettings settings, Collaborators brought) {
    this.settings = settings;
    this.brought = brought;
    this.objects = new NamedObjects(brought.objects(), this::closeLater);
  }

  UploadEndpoints endpoints() {
    boolean complete = false;
    try {
      UploadEndpoints endpoints = assemble();
      complete = true;
      return endpoints;
    } finally {
      if (!complete) {
        closeOpened();
      }
    }
  }

  private UploadEndpoints assemble() {
    OssCredentialsProvider signing = signing();
    Optional<Clock> clock = brought.find(Clock.class);
    CallbackMemory memory = brought.find(CallbackMemory.class).orElseGet(CallbackMemory::inProcess);
    UploadGrants grants = grants(signing, clock, memory);
    UploadEndpoints.Builder endpoints =
        UploadEndpoints.builder(grants)
            .authorizer(
                chosen(settings.namedAuthorizer(objects), CallerAuthorizer.class)
                    .orElseGet(
                        () ->
                            settings.defaultAuthorizer(
                                objects, brought.find(PrincipalNames.class))))
            .onGrant(brought.onGrant())
            .onCallback(brought.onCallback());
    new CallerSettings(settings.reader, objects)
        .source(grants.offers())
        .ifPresent(endpoints::callers);
    chosen("rate-limit", RateLimit.class).ifPresent(endpoints::rateLimit);
    checked("path-prefix", settings.common.pathPrefix(), endpoints::pathPrefix);
    checked("cors.allowed-origins", settings.common.allowedOrigins(), endpoints::allowedOrigins);
    UploadListener listener = chosen("upload-listener", UploadListener.class).orElse(Assembly::log);
    UploadReports reports =
        new UploadReports(settings.callback.tickets(), andPublished(listener), memory);
    if (settings.callback.parameter().isPresent()) {
      grants.offers().forEach(offer -> settings.callback.requireReachableFrom(offer.bucket()));
      UploadCallbacks callbacks =
          settings
              .callback
              .receiver(reports, clock.orElseGet(signing::clock))
              .confirm(
                  settings.callback.confirm(),
                  signing,
                  serverBuckets(grants),
                  settings.common.signatureVersion())
              .build();
      closeLater(callbacks);
      endpoints.callbacks(callbacks);
    }
    if (settings.callback.confirm() != ConfirmMode.OFF) {
      UploadConfirmation confirmation =
          new UploadConfirmation(
              reports, signing, serverBuckets(grants), settings.common.signatureVersion());
      closeLater(confirmation);
      endpoints.confirmation(
          confirmation, settings.callback.tickets(), clock.orElseGet(signing::clock));
    }
    boolean inParts = MultipartSettings.areUsedBy(grants.offers());
    if (inParts) {
      MultipartSettings.tellOfRandomSecret(settings.reader);
      MultipartUploads uploads = multipart(grants, reports, signing, clock);
      closeLater(uploads);
      endpoints.multipart(uploads);
    } else {
      MultipartSettings.warnOfUnused(settings.reader);
    }
    settings.callback.warnIfUnused(settings.reader);
    if (settings.callback.parameter().isEmpty()
        && !inParts
        && settings.callback.confirm() == ConfirmMode.OFF
        && settings.reader.text("upload-listener").isPresent()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "Without callback.url OSS does not call back, and with callback.confirm: off pages cannot"
              + " confirm uploads, so upload-listener hears of no upload.");
    }
    if (settings.reader.text("authorizer").isPresent()
        && settings.reader.text("principal-names").isPresent()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "principal-names has no effect, because the object of 'authorizer' names the callers."
              + " Remove one of the two settings.");
    }
    settings.addressWarnings().forEach(warning -> LOG.log(System.Logger.Level.WARNING, warning));
    StartUp.tell(grants.offers(), signing, settings.credentialsType(), settings.callback.urls())
        .ifPresent(this::closeLater);
    opened.forEach(endpoints::closeAlso);
    UploadEndpoints complete = endpoints.build();
    complete
        .callbackPath()
        .ifPresent(path -> settings.callback.warnUnlessCalledAt(brought.contextPath() + path));
    return complete;
  }

  private MultipartUploads multipart(
      UploadGrants grants,
      UploadReports reports,
      OssCredentialsProvider signing,
      Optional<Clock> clock) {
    MultipartUploads.Builder uploads =
        settings
            .multipart
            .applyTo(MultipartUploads.builder(grants, settings.callback.tickets(), reports))
            .credentials(signing)
            .serverBuckets(serverBuckets(grants))
            .signatureVersion(settings.common.signatureVersion());
    clock.ifPresent(uploads::clock);
    return uploads.build();
  }

  private OssCredentialsProvider signing() {
    if (brought.credentials().isPresent()) {
      return brought.credentials().get();
    }
    OssCredentialsProvider signing = settings.credentials(objects).open();
    closeLater(signing);
    return signing;
  }

  /** Returns all buckets of the profiles, at the addresses that this server reaches them at. */
  private List<OssBucket> serverBuckets(UploadGrants grants) {
    return grants.offers().stream()
        .map(UploadOffer::bucket)
        .distinct()
        .map(bucket -> BucketSettings.atServer(settings.reader, bucket))
        .toList();
  }

  private UploadGrants grants(
      OssCredentialsProvider signing, Optional<Clock> clock, CallbackMemory memory) {
    UploadGrants.Builder grants =
        UploadGrants.builder(settings.common.bucket())
            .credentials(signing)
            .signatureVersion(settings.common.signatureVersion())
            .mark(settings.common.mark())
            .tickets(settings.callback.tickets())
            .reported(memory::isReported)
            .optionalCallback(settings.callback.isOptional());
    clock.ifPresent(grants::clock);
    settings.callback.parameter().ifPresent(grants::callback);
    Optional<TokenVendor> vendor = settings.credentials(objects).openVendor(signing);
    vendor.ifPresent(this::closeLater);
    chosen(vendor, TokenVendor.class).ifPresent(grants::tokens);
    if (vendor.isPresent() && !settings.grantsTokens()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "token.role-arn is set, but no profile grants tokens. Add token to profiles.<name>.grants,"
              + " or remove it.");
    }
    Optional<KeyNaming> naming =
        chosen(
            settings.reader.value(
                "naming", name -> ProfileSettings.naming(name, objects, settings.common.zone())),
            KeyNaming.class);
    for (ProfileSettings profile : settings.profiles) {
      profile.addTo(grants, objects, naming, brought);
    }
    return checked("profiles", grants, UploadGrants.Builder::build);
  }

  /**
   * Returns the collaborator that a setting names, otherwise the application's. This is the one
   * rule of precedence.
   */
  private <T> Optional<T> chosen(Optional<T> named, Class<T> type) {
    return named.or(() -> brought.find(type));
  }

  private <T> Optional<T> chosen(String setting, Class<T> type) {
    return chosen(settings.reader.value(setting, name -> objects.get(name, type)), type);
  }

  private UploadListener andPublished(UploadListener listener) {
    return uploaded -> {
      listener.uploaded(uploaded);
      try {
        brought.onUpload().accept(uploaded);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "A listener of an upload failed", e);
      }
    };
  }

  private static void log(UploadedObject uploaded) {
    LOG.log(
        System.Logger.Level.INFO,
        "{0} uploaded {1}, {2,number,#} bytes",
        LogText.of(uploaded.caller()),
        LogText.of(uploaded.key()),
        uploaded.size());
  }

  /** Adds an object to close later, once. */
  private void closeLater(Object made) {
    if (made instanceof AutoCloseable resource && owned.add(resource)) {
      opened.add(resource);
    }
  }

  private void closeOpened() {
    for (AutoCloseable resource : opened) {
      try {
        resource.close();
      } catch (Exception e) {
        LOG.log(
            System.Logger.Level.WARNING, "Could not close an object that the settings opened", e);
      }
    }
  }
}
