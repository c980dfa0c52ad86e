package io.osspost.settings;

import static io.osspost.callback.ConfirmMode.OFF;
import static io.osspost.callback.ConfirmMode.REQUIRED;
import static io.osspost.settings.SettingReader.checked;

import io.osspost.ProfileSource;
import io.osspost.UploadGrants;
import io.osspost.UploadOffer;
import io.osspost.callback.AnsweringListener;
import io.osspost.callback.CallbackMemory;
import io.osspost.callback.ConfirmMode;
import io.osspost.callback.ListenerTransaction;
import io.osspost.callback.UploadAnswer;
import io.osspost.callback.UploadCallbacks;
import io.osspost.callback.UploadConfirmation;
import io.osspost.callback.UploadListener;
import io.osspost.callback.UploadReports;
import io.osspost.callback.UploadedObject;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.credentials.TokenVendor;
import io.osspost.ledger.GrantRecorder;
import io.osspost.ledger.LedgerReader;
import io.osspost.ledger.LedgerView;
import io.osspost.ledger.UploadLedger;
import io.osspost.multipart.MultipartUploads;
import io.osspost.profile.KeyNaming;
import io.osspost.sign.ServerAccess;
import io.osspost.spi.SharedStore;
import io.osspost.sweep.Sweep;
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
    Optional<SharedStore> store =
        settings.store.open(settings.reader, brought, () -> clock.orElseGet(signing::clock));
    store.ifPresent(this::closeLater);
    CallbackMemory memory =
        chosen(store.map(SharedStore::memory), CallbackMemory.class)
            .orElseGet(CallbackMemory::inProcess);
    Optional<UploadLedger> plain = ledger(store);
    Optional<UploadLedger> ledger = plain.map(found -> found.observed(brought.onEnd()));
    GrantRecorder recorder = settings.ledger.recorder(ledger);
    Optional<UploadListener> listener = chosen("upload-listener", UploadListener.class);
    ConfirmMode confirm = ledger.isPresent() ? REQUIRED : settings.callback.confirm();
    boolean looks = confirm != OFF && (ledger.isPresent() || listener.isPresent());
    UploadGrants grants = grants(signing, clock, memory, recorder, looks);
    closeLater(grants);
    ServerAccess access =
        grants.serverAccess(bucket -> BucketSettings.atServer(settings.reader, bucket));
    UploadEndpoints.Builder endpoints =
        UploadEndpoints.builder(grants)
            .authorizer(
                chosen(settings.namedAuthorizer(objects), CallerAuthorizer.class)
                    .orElseGet(
                        () ->
                            settings.defaultAuthorizer(
                                objects, brought.find(PrincipalNames.class))))
            .recorded(ledger.isPresent())
            .onGrant(brought.onGrant())
            .onCallback(brought.onCallback());
    new CallerSettings(settings.reader, objects)
        .source(grants.offers())
        .ifPresent(endpoints::callers);
    settings.rates.applyTo(
        endpoints,
        settings.reader,
        chosen("rate-limit", RateLimit.class),
        store,
        brought,
        this::closeLater);
    checked("path-prefix", settings.common.pathPrefix(), endpoints::pathPrefix);
    checked("cors.allowed-origins", settings.common.allowedOrigins(), endpoints::allowedOrigins);
    UploadReports reports =
        reports(
            store,
            ledger,
            new UploadReports(
                    settings.callback.tickets(),
                    andPublished(listener.orElse(Assembly::log)),
                    memory)
                .counting(
                    profile -> grants.offer(profile).filter(Assembly::limitsBytes).isPresent()));
    if (settings.callback.parameter().isPresent()) {
      grants.offers().forEach(offer -> settings.callback.requireReachableFrom(offer.bucket()));
      UploadCallbacks callbacks =
          settings
              .callback
              .receiver(reports, clock.orElseGet(signing::clock))
              .confirm(confirm, access)
              .build();
      closeLater(callbacks);
      endpoints.callbacks(callbacks);
    }
    if (confirm != OFF) {
      UploadConfirmation confirmation = new UploadConfirmation(reports, access);
      closeLater(confirmation);
      endpoints.confirmation(
          confirmation, settings.callback.tickets(), clock.orElseGet(signing::clock));
    }
    Optional<Sweep> sweep =
        ledger.map(found -> sweep(found, reports, grants, access, clock.orElseGet(signing::clock)));
    Optional<LedgerReader> reader =
        plain.filter(LedgerReader.class::isInstance).map(LedgerReader.class::cast);
    sweep.ifPresent(
        started ->
            endpoints.ledger(
                new LedgerView(reader, started::status, clock.orElseGet(signing::clock))));
    boolean inParts = MultipartSettings.areUsedBy(grants.offers()) || grants.hasSource();
    if (inParts) {
      MultipartSettings.tellOfRandomSecret(settings.reader);
      MultipartUploads uploads =
          multipart(grants, reports, access, clock.orElseGet(signing::clock), recorder);
      closeLater(uploads);
      endpoints.multipart(uploads);
    } else {
      MultipartSettings.warnOfUnused(settings.reader);
    }
    settings.callback.warnIfUnused(settings.reader);
    if (settings.callback.parameter().isEmpty()
        && !inParts
        && ledger.isEmpty()
        && confirm == OFF
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
    settings.namingWarnings().forEach(warning -> LOG.log(System.Logger.Level.WARNING, warning));
    StartUp.tell(grants.offers(), signing, settings.credentialsType(), settings.callback.urls())
        .ifPresent(this::closeLater);
    if (looks || settings.callback.isRefusedWithoutLook()) {
      StartUp.tellOfPermissions(settings.callback, ledger.isPresent(), inParts);
    }
    opened.forEach(endpoints::closeAlso);
    UploadEndpoints complete = endpoints.build();
    complete
        .callbackPath()
        .ifPresent(path -> settings.callback.warnUnlessCalledAt(brought.contextPath() + path));
    sweep.ifPresent(Sweep::start);
    return complete;
  }

  /**
   * Returns the ledger of the store or of the application, if the settings permit to look at the
   * objects.
   */
  private Optional<UploadLedger> ledger(Optional<SharedStore> store) {
    Optional<UploadLedger> ledger = chosen(store.map(SharedStore::ledger), UploadLedger.class);
    if (ledger.isPresent()) {
      LedgerSettings.requireConfirmation(
          settings.reader, settings.common, settings.callback.confirm());
    } else {
      LedgerSettings.warnOfUnused(settings.reader);
    }
    return ledger;
  }

  private static boolean limitsBytes(UploadOffer offer) {
    return offer.profile().quota().limitsBytes();
  }

  private UploadReports reports(
      Optional<SharedStore> store, Optional<UploadLedger> ledger, UploadReports reports) {
    Optional<ListenerTransaction> ofStore =
        store.flatMap(SharedStore::transaction).map(ListenerTransaction.class::cast);
    UploadReports joined =
        reports.inTransaction(
            chosen(ofStore, ListenerTransaction.class).orElseGet(ListenerTransaction::none));
    return ledger.map(joined::ledger).orElse(joined);
  }

  /** Returns the sweep, which is started when everything else is complete. */
  private Sweep sweep(
      UploadLedger ledger,
      UploadReports reports,
      UploadGrants grants,
      ServerAccess access,
      Clock clock) {
    LedgerSettings.warnOfUnrecorded(grants.offers());
    UploadConfirmation confirmation = new UploadConfirmation(reports, access);
    closeLater(confirmation);
    Sweep sweep = new Sweep(ledger, confirmation, access, clock, settings.ledger.interval());
    closeLater(sweep);
    return sweep;
  }

  private MultipartUploads multipart(
      UploadGrants grants,
      UploadReports reports,
      ServerAccess access,
      Clock clock,
      GrantRecorder recorder) {
    return settings
        .multipart
        .applyTo(MultipartUploads.builder(grants, settings.callback.tickets(), reports))
        .recorder(recorder)
        .serverAccess(access)
        .clock(clock)
        .signatureVersion(settings.common.signatureVersion())
        .build();
  }

  private OssCredentialsProvider signing() {
    if (brought.credentials().isPresent()) {
      return brought.credentials().get();
    }
    OssCredentialsProvider signing = settings.credentials(objects).open();
    closeLater(signing);
    return signing;
  }

  private UploadGrants grants(
      OssCredentialsProvider signing,
      Optional<Clock> clock,
      CallbackMemory memory,
      GrantRecorder recorder,
      boolean pagesConfirm) {
    UploadGrants.Builder grants =
        UploadGrants.builder(settings.common.bucket())
            .credentials(signing)
            .signatureVersion(settings.common.signatureVersion())
            .mark(settings.common.mark())
            .tickets(settings.callback.tickets())
            .reported(memory::isReported)
            .pagesConfirm(pagesConfirm)
            .recorder(recorder)
            .optionalCallback(settings.callback.isOptional());
    clock.ifPresent(grants::clock);
    settings.tenants.applyTo(grants);
    chosen("tenants.source", ProfileSource.class).ifPresent(grants::source);
    settings.callback.parameter().ifPresent(grants::callback);
    Optional<TokenVendor> vendor = settings.credentials(objects).openVendor(signing);
    vendor.ifPresent(this::closeLater);
    chosen(vendor, TokenVendor.class).ifPresent(grants::tokens);
    if (vendor.isPresent() && !settings.grantsTokens()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "token.role-arn is set, but no profile grants tokens. Add token to"
              + " profiles.<name>.grants, or remove it.");
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
    return (AnsweringListener)
        uploaded -> {
          UploadAnswer answer = listener.answer(uploaded);
          try {
            brought.onUpload().accept(uploaded);
          } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "A listener of an upload failed", e);
          }
          return answer;
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
