package io.osspost.web;

import io.osspost.profile.Caller;
import java.time.Duration;
import java.util.Optional;

/**
 * One request for a grant, granted or refused, for metrics and audit. Contains no secret: neither
 * signature nor token. Immutable.
 *
 * @param kind the requested kind of grant, such as {@code post}
 * @param caller the caller; empty if the request was refused before it was known
 * @param profile the requested profile, as the client wrote it; empty if the request was refused
 *     before it was read
 * @param outcome {@code granted}, or the {@code code} of the refusal
 * @param object the granted key, or the prefix with a final slash; empty if refused
 * @param took from the request's arrival here to this event
 */
public record GrantEvent(
    String kind,
    Optional<Caller> caller,
    Optional<String> profile,
    String outcome,
    Optional<String> object,
    Duration took) {}
