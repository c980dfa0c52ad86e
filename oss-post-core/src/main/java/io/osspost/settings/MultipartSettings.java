package io.osspost.settings;

import io.osspost.GrantKind;
import io.osspost.UploadOffer;
import io.osspost.multipart.MultipartUploads;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads the settings below {@code multipart}: the limits of uploads in parts. */
final class MultipartSettings {
  private static final System.Logger LOG = System.getLogger(UploadSettings.class.getName());
  private static final List<String> NAMES =
      List.of(
          "multipart.life",
          "multipart.url-validity",
          "multipart.part-size",
          "multipart.sign-length");

  private final SettingReader reader;

  private MultipartSettings(SettingReader reader) {
    this.reader = reader;
  }

  /** Reads all of them, even if no profile grants uploads in parts. */
  static MultipartSettings read(SettingReader reader) {
    MultipartSettings settings = new MultipartSettings(reader);
    NAMES.forEach(settings::parsed);
    return settings;
  }

  private Optional<Object> parsed(String name) {
    return switch (name) {
      case "multipart.part-size" -> reader.value(name, SettingReader::bytes);
      case "multipart.sign-length" -> reader.value(name, SettingReader::flag);
      default -> reader.value(name, SettingReader::span);
    };
  }

  /** Returns whether one of {@code offers} has uploads in parts. Warns of unused settings. */
  boolean isUsedBy(Collection<UploadOffer> offers) {
    boolean used = offers.stream().anyMatch(offer -> offer.kinds().contains(GrantKind.MULTIPART));
    NAMES.stream()
        .filter(name -> !used && reader.text(name).isPresent())
        .forEach(
            name ->
                LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} has no effect, because no profile grants uploads in parts. Add multipart to"
                        + " profiles.<name>.grants, or remove the setting.",
                    name));
    return used;
  }

  /** Applies the settings that are set; the builder has the defaults. */
  MultipartUploads.Builder applyTo(MultipartUploads.Builder uploads) {
    reader.value("multipart.life", text -> uploads.life(span(text)));
    reader.value("multipart.url-validity", text -> uploads.urlValidity(span(text)));
    reader.value("multipart.part-size", text -> uploads.partSize(SettingReader.bytes(text)));
    reader.value("multipart.sign-length", text -> uploads.signLength(SettingReader.flag(text)));
    return uploads;
  }

  private static Duration span(String text) {
    return SettingReader.span(text);
  }
}
