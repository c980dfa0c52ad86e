package io.osspost.settings;

import static io.osspost.settings.SettingReader.checked;

import io.osspost.UploadGrants;
import io.osspost.callback.UploadCallbacks;
import io.osspost.callback.UploadListener;
import io.osspost.callback.UploadedObject;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.credentials.TokenVendor;
import io.osspost.object.OssBucket;
import io.osspost.profile.KeyNaming;
import io.osspost.web.CallerAuthorizer;
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
 * Puts together what the settings say and what the application brought along, which wins. What was
 * opened on the way is closed again when that fails.
 */
final class Assembly {
  private static final System.Logger LOG = System.getLogger(UploadSettings.class.getName());

  private final UploadSettings settings;
  private final UploadSettings.Opening brought;
  private final NamedObjects objects;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final Set<Object> owned = Collections.newSetFromMap(new IdentityHashMap<>());

  Assembly(UploadSettings settings, UploadSettings.Opening brought) {
    this.settings = settings;
    this.brought = brought;
    this.objects = new NamedObjects(brought.objects, this::own);
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
    Clock clock = brought.clock == null ? signing.clock() : brought.clock;
    UploadCallbacks.Memory memory =
        brought.memory == null ? UploadCallbacks.Memory.inProcess() : brought.memory;
    UploadGrants grants = grants(signing, memory);
    UploadEndpoints.Builder endpoints =
        UploadEndpoints.of(grants)
            .callers(callers())
            .listener(brought.events)
            .callbackListener(brought.callbackEvents);
    rateLimit().ifPresent(endpoints::rateLimit);
    checked("path-prefix", settings.common.pathPrefix(), endpoints::pathPrefix);
    checked("cors.allowed-origins", settings.common.allowedOrigins(), endpoints::allowedOrigins);
    UploadListener listener = listener();
    if (settings.callback.parameter().isPresent()) {
      UploadCallbacks callbacks =
          settings
              .callback
              .receiver(listener, clock, memory)
              .confirm(
                  settings.callback.confirm(),
                  signing,
                  serverBuckets(grants),
                  settings.common.signatureVersion())
              .build();
      own(callbacks);
      endpoints.callbacks(callbacks);
    }
    opened.forEach(endpoints::owns);
    UploadEndpoints complete = endpoints.build();
    complete.callbackPath().ifPresent(settings.callback::warnUnlessCalledAt);
    return complete;
  }

  private OssCredentialsProvider signing() {
    if (brought.credentials != null) {
      return brought.credentials;
    }
    OssCredentialsProvider signing = settings.credentials(objects).open();
    own(signing);
    return signing;
  }

  /** All buckets of the profiles, at the addresses that this server reaches them at. */
  private List<OssBucket> serverBuckets(UploadGrants grants) {
    return grants.profiles().stream()
        .map(profile -> profile.bucket().orElse(settings.common.bucket()))
        .distinct()
        .map(bucket -> BucketSettings.atServer(settings.reader, bucket))
        .toList();
  }

  private UploadGrants grants(OssCredentialsProvider signing, UploadCallbacks.Memory memory) {
    UploadGrants.Builder grants =
        UploadGrants.to(settings.common.bucket())
            .credentials(signing)
            .signatureVersion(settings.common.signatureVersion())
            .mark(settings.common.mark());
    tokens(signing).ifPresent(grants::tokens);
    Optional.ofNullable(brought.clock).ifPresent(grants::clock);
    grants.tickets(settings.callback.tickets());
    grants.reported(memory::isReported);
    settings.callback.parameter().ifPresent(grants::callback);
    grants.optionalCallback(settings.callback.isOptional());
    ProfileSettings.Additions additions =
        new ProfileSettings.Additions(objects, naming(), brought.customizer);
    for (String name : settings.profileNames) {
      ProfileSettings.read(settings.reader, name, settings.common, Optional.of(additions))
          .addTo(grants);
    }
    return checked("profiles", grants, UploadGrants.Builder::build);
  }

  private Optional<TokenVendor> tokens(OssCredentialsProvider signing) {
    if (brought.tokens != null) {
      return Optional.of(brought.tokens);
    }
    Optional<TokenVendor> vendor = settings.credentials(objects).openVendor(signing);
    vendor.ifPresent(this::own);
    return vendor;
  }

  private CallerAuthorizer callers() {
    return brought.callers != null ? brought.callers : settings.callers(objects);
  }

  private Optional<RateLimit> rateLimit() {
    return Optional.ofNullable(brought.rateLimit).or(() -> named("rate-limit", RateLimit.class));
  }

  private Optional<KeyNaming> naming() {
    return Optional.ofNullable(brought.naming)
        .or(() -> settings.reader.named("naming", name -> ProfileSettings.naming(name, objects)));
  }

  private UploadListener listener() {
    return brought.listener != null
        ? brought.listener
        : named("listener", UploadListener.class).orElse(Assembly::log);
  }

  private <T> Optional<T> named(String setting, Class<T> type) {
    return settings.reader.named(setting, name -> objects.get(name, type));
  }

  private static void log(UploadedObject uploaded) {
    LOG.log(
        System.Logger.Level.INFO,
        "{0} uploaded {1}, {2,number,#} bytes",
        LogText.of(uploaded.caller()),
        LogText.of(uploaded.key()),
        uploaded.size());
  }

  /** What has to be closed, once. */
  private void own(Object made) {
    if (made instanceof AutoCloseable resource && owned.add(resource)) {
      opened.add(resource);
    }
  }

  private void closeOpened() {
    for (AutoCloseable resource : opened) {
      try {
        resource.close();
      } catch (Exception e) {
        LOG.log(System.Logger.Level.WARNING, "What settings had opened could not be closed", e);
      }
    }
  }
}
