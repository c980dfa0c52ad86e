package io.osspost.settings;

import io.osspost.GrantKind;
import io.osspost.UploadOffer;
import io.osspost.multipart.MultipartUploads;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The settings below {@code multipart}: the limits of uploads in parts. A setting that is missing
 * has the default of {@link MultipartUploads}.
 */
record MultipartSettings(
    Optional<Duration> life,
    Optional<Duration> urlValidity,
    Optional<Long> partSize,
    Optional<Boolean> signLength) {
  private static final System.Logger LOG = System.getLogger(UploadSettings.class.getName());

  private static final String LIFE = "multipart.life";
  private static final String URL_VALIDITY = "multipart.url-validity";
  private static final String PART_SIZE = "multipart.part-size";
  private static final String SIGN_LENGTH = "multipart.sign-length";

  /** Reads all of them, even if no profile grants uploads in parts. */
  static MultipartSettings read(SettingReader reader) {
    return new MultipartSettings(
        reader.value(LIFE, SettingReader::span),
        reader.value(URL_VALIDITY, SettingReader::span),
        reader.value(PART_SIZE, SettingReader::bytes),
        reader.value(SIGN_LENGTH, SettingReader::flag));
  }

  /** Returns whether one of {@code offers} has uploads in parts. */
  static boolean areUsedBy(Collection<UploadOffer> offers) {
    return offers.stream().anyMatch(offer -> offer.kinds().contains(GrantKind.MULTIPART));
  }

  /** Warns of settings that have no effect, because no profile grants uploads in parts. */
  static void warnOfUnused(SettingReader reader) {
    for (String name : List.of(LIFE, URL_VALIDITY, PART_SIZE, SIGN_LENGTH)) {
      if (reader.text(name).isPresent()) {
        LOG.log(
            System.Logger.Level.WARNING,
            "{0} has no effect, because no profile grants uploads in parts. Add multipart to"
                + " profiles.<name>.grants, or remove the setting.",
            name);
      }
    }
  }

  /** Tells the operator that other processes cannot continue an upload. */
  static void tellOfRandomSecret(SettingReader reader) {
    if (reader.text("callback.ticket-secret").isEmpty()) {
      LOG.log(
          System.Logger.Level.INFO,
          "callback.ticket-secret is not set: an upload in parts is only continued by the process"
              + " that started it, until that restarts. Set it if uploads must survive a restart, or"
              + " reach several processes.");
    }
  }

  /** Applies the settings that are set. */
  MultipartUploads.Builder applyTo(MultipartUploads.Builder uploads) {
    life.ifPresent(value -> SettingReader.checked(LIFE, value, uploads::life));
    urlValidity.ifPresent(
        value -> SettingReader.checked(URL_VALIDITY, value, uploads::urlValidity));
    partSize.ifPresent(value -> SettingReader.checked(PART_SIZE, value, uploads::partSize));
    signLength.ifPresent(uploads::signLength);
    return uploads;
  }
}
