package io.osspost.examples;

import io.osspost.callback.UploadListener;
import io.osspost.callback.UploadedObject;
import io.osspost.ledger.GrantEnd;
import io.osspost.profile.Caller;
import io.osspost.web.GrantEvent;
import java.security.Principal;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Keeps the state of each upload in the application's database, for the page. The starter calls
 * {@link #uploaded} in a transaction, which also notes that the event is done.
 */
@RestController
class UploadStates implements UploadListener {
  private static final String GRANTED =
      "INSERT INTO upload (object_key, caller, state, changed_at) VALUES (?, ?, 'granted', ?)";

  private static final String KNOWN = "SELECT 1 FROM upload WHERE object_key = ?";

  private static final String STORED =
      "UPDATE upload SET state = 'stored', source = ?, file_size = ?, media_type = ?,"
          + " changed_at = ? WHERE object_key = ?";

  /** Uploads without a grant for their name, such as those of a token. */
  private static final String UNKNOWN =
      "INSERT INTO upload (state, source, file_size, media_type, changed_at, object_key, caller)"
          + " VALUES ('stored', ?, ?, ?, ?, ?, ?)";

  private static final String ENDED =
      "UPDATE upload SET state = ?, changed_at = ? WHERE object_key = ?";

  private static final String LATEST =
      "SELECT object_key, state, source, file_size, media_type, changed_at FROM upload"
          + " WHERE COALESCE(caller, '') = ? ORDER BY changed_at DESC LIMIT 20";

  private final JdbcTemplate jdbc;
  private final Audience audience;
  private final Clock clock = Clock.systemUTC();

  UploadStates(JdbcTemplate jdbc, Audience audience) {
    this.jdbc = jdbc;
    this.audience = audience;
  }

  /** One upload. Source, size and type are known when it is stored. */
  record Upload(
      String key,
      String state,
      @Nullable String source,
      @Nullable Long size,
      @Nullable String type,
      long changedAt) {}

  @EventListener
  void granted(GrantEvent event) {
    Optional<String> key = event.object().filter(object -> !object.endsWith("/"));
    // A retry is for the same object.
    if (key.isPresent() && jdbc.queryForList(KNOWN, key.get()).isEmpty()) {
      String caller = event.caller().flatMap(Caller::principal).orElse(null);
      jdbc.update(GRANTED, key.get(), caller, clock.millis());
    }
  }

  @Override
  public void uploaded(UploadedObject object) {
    String key = object.key().value();
    String source = object.source().code();
    String type = object.mimeType().orElse("");
    long now = clock.millis();
    if (jdbc.update(STORED, source, object.size(), type, now, key) == 0) {
      String caller = object.caller().principal().orElse(null);
      jdbc.update(UNKNOWN, source, object.size(), type, now, key, caller);
    }
  }

  @EventListener
  void ended(GrantEnd end) {
    String state = end.state().name().toLowerCase(Locale.ROOT);
    end.terms().key().ifPresent(key -> jdbc.update(ENDED, state, clock.millis(), key.value()));
  }

  /** Callers see their own uploads; without a login, those of all callers without one. */
  @GetMapping("/states")
  List<Upload> states(@Nullable Principal principal) {
    return audience.admits(principal)
        ? jdbc.query(
            LATEST,
            (row, number) ->
                new Upload(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getObject(4, Long.class),
                    row.getString(5),
                    row.getLong(6)),
            principal == null ? "" : principal.getName())
        : List.of();
  }
}
