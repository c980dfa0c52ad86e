package io.osspost.web;

import io.osspost.callback.CallbackOutcome;
import io.osspost.callback.CallbackRefusedException;
import io.osspost.callback.UploadCallbacks;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The HTTP endpoint of OSS's callbacks. A signature identifies OSS, and a ticket the upload, so
 * neither login nor origin is checked.
 */
final class CallbackEndpoint {
  private static final Logger LOG = System.getLogger(UploadEndpoints.class.getName());

  private final RefusalLog refusals = new RefusalLog(LOG, System::nanoTime, "Callback refused");
  private final UploadCallbacks callbacks;
  private final Consumer<CallbackEvent> listener;

  CallbackEndpoint(UploadCallbacks callbacks, Consumer<CallbackEvent> listener) {
    this.callbacks = callbacks;
    this.listener = listener;
  }

  WebResponse respond(WebRequest request) {
    if (!request.method().equals("POST")) {
      return Problem.notPost(request.method()).toResponse();
    }
    try {
      CallbackOutcome outcome = callbacks.receive(request);
      UploadEndpoints.publish(
          listener,
          new CallbackEvent(
              outcome.isNew() ? "verified" : "repeated", Optional.of(outcome.object())));
      return WebResponse.json(outcome.toJson());
    } catch (CallbackRefusedException e) {
      refusals.refused(e.reason().code(), e.fact() + " " + e.fix());
      UploadEndpoints.publish(listener, new CallbackEvent(e.reason().code(), Optional.empty()));
      return Problem.of(e).toResponse();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "Could not process a callback", e);
      UploadEndpoints.publish(listener, new CallbackEvent("server-error", Optional.empty()));
      return Problem.callbackFailed().toResponse();
    }
  }
}
