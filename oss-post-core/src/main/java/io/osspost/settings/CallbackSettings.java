package io.osspost.settings;

import io.osspost.callback.CallbackParameter;
import io.osspost.callback.CallbackParameter.BodyType;
import io.osspost.callback.CallbackVerifier;
import io.osspost.callback.UploadCallbacks;
import io.osspost.callback.UploadListener;
import io.osspost.callback.UploadTickets;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The settings below {@code callback}: whom OSS shall tell, and how that is believed. */
final class CallbackSettings {
  private static final System.Logger LOG = System.getLogger(UploadSettings.class.getName());

  private final CallbackParameter parameter;
  private final CallbackVerifier verifier;
  private final UploadTickets tickets;

  private CallbackSettings(
      CallbackParameter parameter, CallbackVerifier verifier, UploadTickets tickets) {
    this.parameter = parameter;
    this.verifier = verifier;
    this.tickets = tickets;
  }

  static CallbackSettings read(SettingReader reader) {
    List<URI> urls =
        reader
            .value(
                "callback.url", text -> SettingReader.list(text).stream().map(URI::create).toList())
            .orElse(List.of());
    CallbackParameter parameter =
        SettingReader.checked("callback.url", urls, all -> parameter(reader, all));
    return new CallbackSettings(parameter, verifier(reader, urls.get(0)), tickets(reader));
  }

  CallbackParameter parameter() {
    return parameter;
  }

  UploadTickets tickets() {
    return tickets;
  }

  /** Tickets age by the clock that dated them. */
  UploadCallbacks receiver(
      UploadListener listener, Clock clock, Optional<UploadCallbacks.Memory> memory) {
    UploadCallbacks.Builder receiver =
        UploadCallbacks.of(tickets, listener).verifier(verifier).clock(clock);
    memory.ifPresent(receiver::memory);
    return receiver.build();
  }

  private static CallbackParameter parameter(SettingReader reader, List<URI> urls) {
    if (urls.isEmpty()) {
      throw new IllegalArgumentException("It is empty. Write where OSS reaches this application.");
    }
    CallbackParameter.Builder builder = CallbackParameter.forUploads(urls.get(0));
    urls.stream().skip(1).forEach(builder::orElse);
    reader.value("callback.body-type", CallbackSettings::bodyType).ifPresent(builder::bodyType);
    return builder.build();
  }

  private static BodyType bodyType(String text) {
    for (BodyType type : BodyType.values()) {
      if (type.mediaType().equals(text)) {
        return type;
      }
    }
    throw new IllegalArgumentException(
        "'"
            + text
            + "' is unknown. Write "
            + BodyType.JSON.mediaType()
            + " or "
            + BodyType.FORM.mediaType()
            + ".");
  }

  /** OSS signs the path of the URL it was given, whatever a proxy makes of it. */
  private static CallbackVerifier verifier(SettingReader reader, URI url) {
    CallbackVerifier.Builder builder =
        reader
            .value("callback.public-key", CallbackVerifier::trusting)
            .orElseGet(CallbackVerifier::trustingOss);
    reader.value("callback.fetch-key", text -> builder.fetchKeys(SettingReader.flag(text)));
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    SettingReader.checked(
        "callback.public-path",
        reader.text("callback.public-path").orElse(path),
        builder::publicPath);
    return builder.build();
  }

  private static UploadTickets tickets(SettingReader reader) {
    return reader
        .value("callback.ticket-secret", UploadTickets::withSecret)
        .orElseGet(
            () -> {
              LOG.log(
                  System.Logger.Level.INFO,
                  "callback.ticket-secret is not set: callbacks count only where their upload was"
                      + " granted by this process. Set it when there are several.");
              return UploadTickets.withRandomSecret();
            });
  }
}
