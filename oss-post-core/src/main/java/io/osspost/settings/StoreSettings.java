package io.osspost.settings;

import io.osspost.spi.SharedStore;
import io.osspost.spi.StoreOptions;
import io.osspost.spi.StoreType;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The settings below {@code store}: the state that several servers share.
 *
 * @param type the name of a {@link StoreType}; empty for none
 * @param dataSource the name of the application's data source
 * @param createSchema whether missing tables are created
 */
record StoreSettings(Optional<String> type, Optional<String> dataSource, boolean createSchema) {
  private static final System.Logger LOG = System.getLogger(UploadSettings.class.getName());

  private static final String TYPE = "store.type";
  private static final String DATA_SOURCE = "store.data-source";
  private static final String CREATE_SCHEMA = "store.create-schema";

  /** Reads all of them, even without a type. */
  static StoreSettings read(SettingReader reader) {
    return new StoreSettings(
        reader.text(TYPE),
        reader.text(DATA_SOURCE),
        reader.value(CREATE_SCHEMA, SettingReader::flag).orElse(false));
  }

  /** Opens the store; empty without a type. */
  Optional<SharedStore> open(SettingReader reader, Collaborators brought, Supplier<Clock> clock) {
    if (type.isEmpty()) {
      warnOfUnused(reader);
      return Optional.empty();
    }
    StoreType found =
        Services.of(StoreType.class).stream()
            .filter(candidate -> candidate.name().equals(type.get()))
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidSettingException(
                        TYPE,
                        type.get().equals("jdbc")
                            ? "It is jdbc, but oss-post-store is not on the class path. Add the"
                                + " dependency io.osspost:oss-post-store to the application."
                            : "There is no store '" + type.get() + "'. Write jdbc."));
    if (reader.text("callback.ticket-secret").isEmpty()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "store.type is set, but callback.ticket-secret is not: each server only accepts its own"
              + " tickets. Set it if several servers share the store.");
    }
    try {
      return Optional.of(found.open(new Options(brought, clock)));
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(DATA_SOURCE, String.valueOf(e.getMessage()), e);
    }
  }

  private static void warnOfUnused(SettingReader reader) {
    for (String name : List.of(DATA_SOURCE, CREATE_SCHEMA)) {
      if (reader.text(name).isPresent()) {
        LOG.log(
            System.Logger.Level.WARNING,
            "{0} has no effect, because there is no store. Set store.type to jdbc, or remove the"
                + " setting.",
            name);
      }
    }
  }

  private final class Options implements StoreOptions {
    private final Collaborators brought;
    private final Supplier<Clock> clock;

    Options(Collaborators brought, Supplier<Clock> clock) {
      this.brought = brought;
      this.clock = clock;
    }

    @Override
    public Optional<String> dataSource() {
      return dataSource;
    }

    @Override
    public boolean createSchema() {
      return createSchema;
    }

    @Override
    public Optional<Object> object(String name) {
      return brought.objects().apply(name);
    }

    @Override
    public <T> Optional<T> find(Class<T> wanted) {
      return brought.find(wanted);
    }

    @Override
    public Clock clock() {
      return clock.get();
    }
  }
}
