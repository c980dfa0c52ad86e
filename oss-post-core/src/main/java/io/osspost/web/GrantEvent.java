package io.osspost.web;

import io.osspost.profile.Caller;
import java.time.Duration;
import java.util.Optional;

/**
 * One request for a grant, given or refused, for metrics and audit. Holds no secret: neither
 * signature nor token. Immutable.
 *
 * @param kind the kind of grant asked for, such as {@code post}
 * @param caller who asked; empty when that was not found out
 * @param profile the profile asked for, as the client wrote it; empty when that was not read
 * @param outcome {@code granted}, or the {@code code} of the refusal
 * @param object the key granted, or the prefix with a final slash; empty when refused
 * @param took from the request's arrival here to this event
 */
public record GrantEvent(
    String kind,
    Optional<Caller> caller,
    Optional<String> profile,
    String outcome,
    Optional<String> object,
    Duration took) {}
