package io.osspost.examples;

import io.osspost.DownloadLink;
import io.osspost.object.ObjectKey;
import io.osspost.web.UploadEndpoints;
import java.security.Principal;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows users their uploads: the bucket stays private, and a link is valid for a minute. */
@RestController
class LinkController {
  private final UploadEndpoints endpoints;

  private final Audience audience;

  LinkController(UploadEndpoints endpoints, Audience audience) {
    this.endpoints = endpoints;
    this.audience = audience;
  }

  /** An application with a login checks here that the object belongs to its user. */
  @GetMapping("/link")
  ResponseEntity<Void> link(@RequestParam String key, @Nullable Principal principal) {
    return uploaded(key)
        .filter(uploaded -> audience.admits(principal))
        .map(this::lead)
        .orElseGet(() -> ResponseEntity.notFound().build());
  }

  private static Optional<ObjectKey> uploaded(String key) {
    try {
      return Optional.of(new ObjectKey(key)).filter(k -> k.value().startsWith("uploads/"));
    } catch (IllegalArgumentException noSuchKey) {
      return Optional.empty();
    }
  }

  private ResponseEntity<Void> lead(ObjectKey key) {
    DownloadLink link = endpoints.grants().link("default", key, Duration.ofMinutes(1));
    return ResponseEntity.status(HttpStatus.FOUND)
        .cacheControl(CacheControl.noStore())
        .location(link.url())
        .build();
  }
}
