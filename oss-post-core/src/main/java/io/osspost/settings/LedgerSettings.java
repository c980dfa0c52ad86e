package io.osspost.settings;

import io.osspost.GrantKind;
import io.osspost.PostFormat;
import io.osspost.PutFormat;
import io.osspost.UploadOffer;
import io.osspost.callback.ConfirmMode;
import io.osspost.ledger.GrantRecorder;
import io.osspost.ledger.UploadLedger;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The settings below {@code ledger}: when the objects of recorded grants are looked at.
 *
 * @param grace from the end of a grant to the first look at its object
 * @param interval between two passes of the sweep
 * @param required whether a grant that cannot be recorded is refused
 */
record LedgerSettings(Duration grace, Duration interval, boolean required) {
  private static final System.Logger LOG = System.getLogger(UploadSettings.class.getName());

  private static final String GRACE = "ledger.grace";
  private static final String INTERVAL = "ledger.interval";
  private static final String REQUIRED = "ledger.required";

  private static final Duration LONGEST_GRACE = Duration.ofHours(12);
  private static final Duration LONGEST_INTERVAL = Duration.ofHours(1);

  /** Reads all of them, even if there is no ledger. */
  static LedgerSettings read(SettingReader reader) {
    return new LedgerSettings(
        reader
            .value(GRACE, text -> within(SettingReader.span(text), LONGEST_GRACE))
            .orElse(Duration.ofMinutes(10)),
        reader
            .value(INTERVAL, text -> within(SettingReader.span(text), LONGEST_INTERVAL))
            .orElse(Duration.ofMinutes(1)),
        reader.value(REQUIRED, SettingReader::flag).orElse(false));
  }

  private static Duration within(Duration span, Duration longest) {
    if (span.compareTo(Duration.ofSeconds(1)) < 0 || span.compareTo(longest) > 0) {
      throw new IllegalArgumentException(
          "It is 1 second to " + longest.toHours() + " h, not " + span + ". Write it like 10m.");
    }
    return span;
  }

  /** Warns of settings that have no effect, because there is no ledger. */
  static void warnOfUnused(SettingReader reader) {
    for (String name : List.of(GRACE, INTERVAL, REQUIRED)) {
      if (reader.text(name).isPresent()) {
        LOG.log(
            System.Logger.Level.WARNING,
            "{0} has no effect, because there is no ledger. Set store.type, or remove the setting.",
            name);
      }
    }
  }

  /** Returns the recorder of the grants; without a ledger it records nothing. */
  GrantRecorder recorder(Optional<UploadLedger> ledger) {
    return ledger
        .map(found -> GrantRecorder.of(found, grace, required))
        .orElseGet(GrantRecorder::none);
  }

  /** Rejects settings with which the sweep cannot recognize an object. */
  static void requireConfirmation(SettingReader reader, CommonSettings common, ConfirmMode mode) {
    if (!common.mark()) {
      throw new InvalidSettingException(
          "mark",
          "It is false, but uploads are recorded in a ledger, and objects without the mark cannot be"
              + " recognized. Remove the setting, or the ledger.");
    }
    if (mode == ConfirmMode.OFF) {
      throw new InvalidSettingException(
          "callback.confirm",
          "It is "
              + reader.text("callback.confirm").orElse("off")
              + ", but uploads are recorded in a ledger, and the server must look at their objects."
              + " Write auto or required, or remove the ledger.");
    }
  }

  /** Warns of profiles with grants that are not recorded. */
  static void warnOfUnrecorded(Collection<UploadOffer> offers) {
    List<String> profiles =
        offers.stream()
            .filter(LedgerSettings::hasUnrecorded)
            .map(offer -> offer.profile().name())
            .toList();
    if (!profiles.isEmpty()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "The ledger does not record all uploads of {0}: grants for a directory, security tokens"
              + " and the formats of tutorials are reported by callback or confirmation only. Set"
              + " profiles.<name>.require-filename, and grants and formats that carry the mark.",
          String.join(", ", profiles));
    }
  }

  private static boolean hasUnrecorded(UploadOffer offer) {
    boolean forms = offer.kinds().contains(GrantKind.POST);
    return offer.kinds().contains(GrantKind.TOKEN)
        || (forms && !offer.profile().requiresFilename())
        || (forms && !offer.postFormats().equals(List.of(PostFormat.FORM)))
        || (offer.kinds().contains(GrantKind.PUT)
            && !offer.putFormats().equals(List.of(PutFormat.FORM)));
  }
}
