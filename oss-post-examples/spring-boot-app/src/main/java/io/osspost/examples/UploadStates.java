package io.osspost.examples;

import io.osspost.callback.UploadListener;
import io.osspost.callback.UploadedObject;
import java.security.Principal;
import java.time.Instant;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Remembers OSS's verified callbacks for the page, each upload once. */
@RestController
class ConfirmedUploads implements UploadListener {
  private static final int KEPT = 200;
  private static final int SHOWN = 20;

  private final Deque<Confirmed> latest = new ConcurrentLinkedDeque<>();
  private final Audience audience;

  ConfirmedUploads(Audience audience) {
    this.audience = audience;
  }

  /** One upload, as OSS reported it. */
  record Confirmed(String key, long size, String type, Instant at, Optional<String> caller) {}

  @Override
  public void uploaded(UploadedObject object) {
    latest.addFirst(
        new Confirmed(
            object.key().value(),
            object.size(),
            object.mimeType().orElse(""),
            Instant.now(),
            object.caller().principal()));
    if (latest.size() > KEPT) {
      latest.pollLast();
    }
  }

  /** Callers see their own uploads; without a login, those of all callers without one. */
  @GetMapping("/confirmed")
  List<Confirmed> confirmed(@Nullable Principal principal) {
    Optional<String> caller = Optional.ofNullable(principal).map(Principal::getName);
    return audience.admits(principal)
        ? latest.stream().filter(one -> one.caller().equals(caller)).limit(SHOWN).toList()
        : List.of();
  }
}
