package io.osspost.settings;

import io.osspost.rate.CallerRate;
import io.osspost.rate.MemoryRates;
import io.osspost.rate.Rate;
import io.osspost.rate.ReliableRates;
import io.osspost.spi.RateStoreOptions;
import io.osspost.spi.RateStoreType;
import io.osspost.spi.SharedRates;
import io.osspost.spi.SharedStore;
import io.osspost.web.RateLimit;
import io.osspost.web.UploadEndpoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The settings below {@code rates}: how many requests each caller may send.
 *
 * @param grants the rate of grants; empty for no limit
 * @param steps the rate of other requests; empty for no limit
 * @param storage where requests are counted; empty for the database of the ledger, if it counts
 *     them
 * @param client the name of the application's client of the store
 * @param required whether requests are refused while the store does not answer
 */
record RateSettings(
    Optional<Rate> grants,
    Optional<Rate> steps,
    Optional<String> storage,
    Optional<String> client,
    boolean required) {
  private static final System.Logger LOG = System.getLogger(UploadSettings.class.getName());

  private static final String GRANTS = "rates.grants";
  private static final String STEPS = "rates.steps";
  private static final String STORAGE = "rates.storage";
  private static final String CLIENT = "rates.client";
  private static final String REQUIRED = "rates.required";

  private static final String MEMORY = "memory";
  private static final String JDBC = "jdbc";

  /** Reads all of them, even if no rate is limited. */
  static RateSettings read(SettingReader reader) {
    return new RateSettings(
        reader.value(GRANTS, RateSettings::rate),
        reader.value(STEPS, RateSettings::rate),
        reader.text(STORAGE),
        reader.text(CLIENT),
        reader.value(REQUIRED, SettingReader::flag).orElse(false));
  }

  private static Rate rate(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a rate. Write requests and a period, like 60/1m.");
    }
    return new Rate(SettingReader.number(parts[0].strip()), SettingReader.span(parts[1].strip()));
  }

  private boolean areSet() {
    return grants.isPresent() || steps.isPresent();
  }

  /**
   * Sets the limits of the endpoints: the rates, or the application's own limit.
   *
   * @param own the object of {@code rate-limit}, or one that the application brings
   * @param shared the store of the ledger
   * @param closeLater receives the objects to close
   */
  void applyTo(
      UploadEndpoints.Builder endpoints,
      SettingReader reader,
      Optional<RateLimit> own,
      Optional<SharedStore> shared,
      Collaborators brought,
      Consumer<SharedRates> closeLater) {
    if (!areSet()) {
      warnOfUnused(reader);
      own.ifPresent(endpoints::rateLimit);
      return;
    }
    if (own.isPresent()) {
      throw new InvalidSettingException(
          grants.isPresent() ? GRANTS : STEPS,
          "It is set, but the application also has its own limit (rate-limit, or an object of type"
              + " RateLimit). Remove one of them.");
    }
    SharedRates found = open(shared, brought, closeLater);
    SharedRates counts =
        required || found instanceof MemoryRates ? found : new ReliableRates(found);
    endpoints.rateLimit(limit("grants", grants, counts));
    endpoints.stepLimit(limit("steps", steps, counts));
    tell(found);
  }

  private static RateLimit limit(String name, Optional<Rate> rate, SharedRates counts) {
    return rate.<RateLimit>map(found -> new CallerRate(name, found, counts))
        .orElseGet(RateLimit::none);
  }

  private SharedRates open(
      Optional<SharedStore> shared, Collaborators brought, Consumer<SharedRates> closeLater) {
    Optional<SharedRates> ofDatabase = shared.flatMap(SharedStore::rates);
    String type = storage.orElse(ofDatabase.isPresent() ? JDBC : MEMORY);
    return switch (type) {
      case MEMORY -> new MemoryRates();
      case JDBC ->
          ofDatabase.orElseThrow(
              () ->
                  new InvalidSettingException(
                      STORAGE,
                      "It is jdbc, but there is no database that counts requests. Set store.type to"
                          + " jdbc, with PostgreSQL, MariaDB or MySQL, or write memory."));
      default -> {
        SharedRates opened = ofType(type, brought);
        closeLater.accept(opened);
        yield opened;
      }
    };
  }

  private SharedRates ofType(String type, Collaborators brought) {
    RateStoreType found =
        Services.of(RateStoreType.class).stream()
            .filter(candidate -> candidate.name().equals(type))
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidSettingException(
                        STORAGE,
                        type.equals("redis")
                            ? "It is redis, but oss-post-store is not on the class path. Add the"
                                + " dependency io.osspost:oss-post-store to the application."
                            : "There is no store '" + type + "'. Write jdbc, redis or memory."));
    try {
      return found.open(new Options(client, brought));
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(
          client.isPresent() ? CLIENT : STORAGE, String.valueOf(e.getMessage()), e);
    }
  }

  private void tell(SharedRates counts) {
    List<String> rates = new ArrayList<>();
    grants.ifPresent(rate -> rates.add(rate + " grants"));
    steps.ifPresent(rate -> rates.add(rate + " other requests"));
    LOG.log(
        System.Logger.Level.INFO,
        "Each caller may send {0}. They are counted {1}.",
        String.join(" and ", rates),
        counts instanceof MemoryRates
            ? "by each server by itself, in memory"
            : "for all servers together, in " + counts.description());
  }

  private static void warnOfUnused(SettingReader reader) {
    for (String name : List.of(STORAGE, CLIENT, REQUIRED)) {
      if (reader.text(name).isPresent()) {
        LOG.log(
            System.Logger.Level.WARNING,
            "{0} has no effect, because no rate is limited. Set rates.grants, or remove the"
                + " setting.",
            name);
      }
    }
  }

  private record Options(Optional<String> client, Collaborators brought)
      implements RateStoreOptions {
    @Override
    public Optional<Object> object(String name) {
      return brought.objects().apply(name);
    }

    @Override
    public <T> Optional<T> find(Class<T> type) {
      return brought.find(type);
    }
  }
}
