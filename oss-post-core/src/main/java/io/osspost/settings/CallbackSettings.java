package io.osspost.settings;

import io.osspost.callback.CallbackVerifier;
import io.osspost.callback.ConfirmMode;
import io.osspost.callback.UploadCallbacks;
import io.osspost.callback.UploadReports;
import io.osspost.object.OssBucket;
import io.osspost.ticket.CallbackBodyType;
import io.osspost.ticket.CallbackParameter;
import io.osspost.ticket.UploadTickets;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the settings below {@code callback}: the address that OSS calls, and how callbacks are
 * verified.
 */
final class CallbackSettings {
  private static final System.Logger LOG = System.getLogger(UploadSettings.class.getName());

  /** A builder with it checks the host without a URL. */
  private static final URI EXAMPLE = URI.create("https://www.example.com/");

  private final List<URI> urls;
  private final Optional<CallbackParameter> parameter;
  private final CallbackVerifier verifier;
  private final UploadTickets tickets;
  private final ConfirmMode confirm;
  private final boolean optional;
  private final boolean ownKey;

  private CallbackSettings(
      List<URI> urls,
      Optional<CallbackParameter> parameter,
      CallbackVerifier verifier,
      UploadTickets tickets,
      ConfirmMode confirm,
      boolean optional,
      boolean ownKey) {
    this.urls = urls;
    this.parameter = parameter;
    this.verifier = verifier;
    this.tickets = tickets;
    this.confirm = confirm;
    this.optional = optional;
    this.ownKey = ownKey;
  }

  /** Reads all of them, even the ones that are unused without {@code callback.url}. */
  static CallbackSettings read(SettingReader reader) {
    List<URI> urls =
        reader
            .value(
                "callback.url", text -> SettingReader.list(text).stream().map(URI::create).toList())
            .orElse(List.of());
    CallbackBodyType bodyType =
        reader
            .value("callback.body-type", CallbackSettings::bodyType)
            .orElse(CallbackBodyType.JSON);
    reader.value("callback.host", CallbackParameter.builder(EXAMPLE)::host);
    Optional<CallbackParameter> parameter =
        urls.isEmpty()
            ? Optional.empty()
            : Optional.of(
                SettingReader.checked(
                    "callback.url", urls, all -> parameter(reader, all, bodyType)));
    return new CallbackSettings(
        urls,
        parameter,
        verifier(reader, urls),
        tickets(reader, urls),
        confirm(reader),
        reader.value("callback.optional", SettingReader::flag).orElse(false),
        reader.text("callback.public-key").isPresent());
  }

  /** Returns the callback parameter; empty without a callback. */
  Optional<CallbackParameter> parameter() {
    return parameter;
  }

  /** Returns the addresses that OSS calls; empty without a callback. */
  List<URI> urls() {
    return urls;
  }

  UploadTickets tickets() {
    return tickets;
  }

  /** Returns whether kinds and formats that cannot carry the callback are granted without it. */
  boolean isOptional() {
    return optional;
  }

  /** Returns how uploads are confirmed. */
  ConfirmMode confirm() {
    return confirm;
  }

  /** Returns whether OSS's callbacks are refused if the server cannot look at the object. */
  boolean isRefusedWithoutLook() {
    return parameter.isPresent() && confirm == ConfirmMode.REQUIRED;
  }

  /** Returns a builder of the receiver of callbacks. Its clock is that of the grants. */
  UploadCallbacks.Builder receiver(UploadReports reports, Clock clock) {
    return UploadCallbacks.builder(tickets, reports).verifier(verifier).clock(clock);
  }

  /** Turns confirmation off without the mark, because an object without it cannot be confirmed. */
  private static ConfirmMode confirm(SettingReader reader) {
    ConfirmMode confirm =
        reader.value("callback.confirm", CallbackSettings::confirm).orElse(ConfirmMode.AUTO);
    boolean mark = reader.value("mark", SettingReader::flag).orElse(true);
    if (!mark && confirm == ConfirmMode.REQUIRED) {
      throw new InvalidSettingException(
          "callback.confirm",
          "It is required, but mark is false, and an object without the mark cannot be "
              + "confirmed. Change one of them.");
    }
    if (!mark && confirm == ConfirmMode.AUTO && reader.text("callback.url").isPresent()) {
      LOG.log(
          System.Logger.Level.INFO,
          "mark is false, so uploads are reported unconfirmed. Remove that setting to confirm"
              + " them.");
    }
    return mark ? confirm : ConfirmMode.OFF;
  }

  private static ConfirmMode confirm(String text) {
    for (ConfirmMode confirm : ConfirmMode.values()) {
      if (confirm.code().equals(text)) {
        return confirm;
      }
    }
    throw new IllegalArgumentException("'" + text + "' is unknown. Write auto, required or off.");
  }

  /**
   * Rejects a callback URL that OSS cannot reach. An emulator or a private cloud, which has its own
   * address or its own key, can.
   */
  void requireReachableFrom(OssBucket bucket) {
    if (ownKey || !bucket.url().getHost().endsWith(".aliyuncs.com")) {
      return;
    }
    for (URI url : urls) {
      if (PrivateHost.is(url.getHost())) {
        throw new InvalidSettingException(
            "callback.url",
            "OSS calls it from the internet, where '"
                + url.getHost()
                + "' leads nowhere, and every upload would be refused. Write the public address of"
                + " this application, or remove the setting.");
      }
    }
  }

  /** Warns of settings that have no effect without a callback URL. */
  void warnIfUnused(SettingReader reader) {
    if (!urls.isEmpty() || reader.text("callback.url").isPresent()) {
      return;
    }
    List<String> unused = new ArrayList<>();
    reader.text("callback.public-path").ifPresent(path -> unused.add("callback.public-path"));
    reader.text("callback.host").ifPresent(host -> unused.add("callback.host"));
    if (optional) {
      unused.add("callback.optional");
    }
    if (confirm == ConfirmMode.REQUIRED) {
      unused.add("callback.confirm: required");
    }
    if (reader
        .text("callback.body-type")
        .filter(CallbackBodyType.FORM.mediaType()::equals)
        .isPresent()) {
      unused.add("callback.body-type");
    }
    if (!unused.isEmpty()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "Without callback.url OSS does not call back, and {0} has no effect. Set callback.url, or"
              + " remove it.",
          String.join(", ", unused));
    }
  }

  /**
   * Warns of a callback URL with another path than that of the endpoint. Uploads would be stored,
   * but not reported.
   *
   * @param callbackPath with the path of the application
   */
  void warnUnlessCalledAt(String callbackPath) {
    for (URI url : urls) {
      if (!url.getRawPath().endsWith(callbackPath)) {
        LOG.log(
            System.Logger.Level.WARNING,
            "OSS will call {0}, but callbacks are received at {1}. Set callback.url to {2}, unless a"
                + " proxy forwards one to the other.",
            url,
            callbackPath,
            url.resolve(callbackPath));
      }
    }
  }

  private static CallbackParameter parameter(
      SettingReader reader, List<URI> urls, CallbackBodyType bodyType) {
    CallbackParameter.Builder builder =
        CallbackParameter.builder(urls.get(0)).reportUploads().bodyType(bodyType);
    urls.stream().skip(1).forEach(builder::orElse);
    reader.value("callback.host", builder::host);
    return builder.build();
  }

  private static CallbackBodyType bodyType(String text) {
    for (CallbackBodyType type : CallbackBodyType.values()) {
      if (type.mediaType().equals(text)) {
        return type;
      }
    }
    throw new IllegalArgumentException(
        "'"
            + text
            + "' is unknown. Write "
            + CallbackBodyType.JSON.mediaType()
            + " or "
            + CallbackBodyType.FORM.mediaType()
            + ".");
  }

  /** OSS signs the path of the URL that it calls, even if a proxy changes it. */
  private static CallbackVerifier verifier(SettingReader reader, List<URI> urls) {
    CallbackVerifier.Builder builder = CallbackVerifier.builder();
    reader.value("callback.public-key", builder::publicKeys);
    SettingReader.checked(
        "callback.public-path",
        reader.text("callback.public-path").map(List::of).orElseGet(() -> paths(urls)),
        builder::publicPaths);
    return builder.build();
  }

  private static List<String> paths(List<URI> urls) {
    return urls.stream()
        .map(URI::getRawPath)
        .map(path -> path.isEmpty() ? "/" : path)
        .distinct()
        .toList();
  }

  private static UploadTickets tickets(SettingReader reader, List<URI> urls) {
    return reader
        .value("callback.ticket-secret", UploadTickets::withSecret)
        .orElseGet(
            () -> {
              if (!urls.isEmpty()) {
                LOG.log(
                    System.Logger.Level.INFO,
                    "callback.ticket-secret is not set: a callback is only accepted by the process"
                        + " that granted its upload, until that restarts. Set it if several"
                        + " processes, or several filters, are called back at one path.");
              }
              return UploadTickets.withRandomSecret();
            });
  }
}
