package io.osspost.web;

import io.osspost.callback.UploadedObject;
import java.util.Optional;

/**
 * One callback, accepted or refused, for metrics and audit. Immutable.
 *
 * @param outcome {@code verified}, {@code repeated} for a known one, or the {@code code} of the
 *     refusal
 * @param object the reported upload; empty if refused
 */
public record CallbackEvent(String outcome, Optional<UploadedObject> object) {}
