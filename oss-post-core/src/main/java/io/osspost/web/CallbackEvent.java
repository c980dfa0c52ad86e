package io.osspost.web;

import io.osspost.callback.UploadedObject;
import java.util.Optional;

/**
 * One callback, accepted or refused, for metrics and audit. Immutable.
 *
 * @param outcome {@code verified}, {@code repeated} for one that was heard before, or the {@code
 *     code} of the refusal
 * @param object the upload it tells of; empty when refused
 */
public record CallbackEvent(String outcome, Optional<UploadedObject> object) {}
