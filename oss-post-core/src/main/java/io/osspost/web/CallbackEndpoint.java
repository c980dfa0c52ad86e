package io.osspost.web;

import io.osspost.callback.CallbackRefusedException;
import io.osspost.callback.UploadCallbacks;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;

/**
 * Answers OSS's callbacks. OSS is no caller of ours: it proves itself by its signature, and the
 * upload by our ticket, so neither login nor origin is asked for.
 */
final class CallbackEndpoint {
  private static final Logger LOG = System.getLogger(UploadEndpoints.class.getName());

  private final UploadCallbacks callbacks;

  CallbackEndpoint(UploadCallbacks callbacks) {
    this.callbacks = callbacks;
  }

  WebResponse answer(WebRequest request) {
    if (!request.method().equals("POST")) {
      return Problem.notPost(request.method()).toResponse();
    }
    try {
      UploadCallbacks.Outcome outcome = callbacks.receive(request);
      return new WebResponse(200, Map.of("Content-Type", "application/json"), outcome.toJson());
    } catch (CallbackRefusedException e) {
      LOG.log(
          Level.WARNING, () -> "Callback refused, " + e.reason().code() + ": " + e.getMessage());
      return Problem.of(e).toResponse();
    }
  }
}
