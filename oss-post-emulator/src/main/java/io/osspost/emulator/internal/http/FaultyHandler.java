package io.osspost.emulator.internal.http;

import io.osspost.emulator.fault.Fault;
import io.osspost.emulator.fault.Faults;
import java.util.Optional;

/**
 * Lets go wrong with the requests to a service beside OSS what a test wants: delays, connections
 * that end. How a refusal looks is for the service to say.
 */
public final class FaultyHandler implements HttpHandler {
  private final HttpHandler handler;
  private final Faults faults;
  private final String target;

  /**
   * Makes a handler.
   *
   * @param target what the service is called in faults
   */
  public FaultyHandler(HttpHandler handler, Faults faults, String target) {
    this.handler = handler;
    this.faults = faults;
    this.target = target;
  }

  @Override
  public HttpAnswer answer(HttpRequest request) {
    if (!waits() || faults.take(Fault.Drop.class, target).isPresent()) {
      return HttpAnswer.none();
    }
    HttpAnswer answer = handler.answer(request);
    Optional<Fault.CutAnswer> cut = faults.take(Fault.CutAnswer.class, target);
    return cut.isPresent() ? answer.cutAfter(cut.get().bytes()) : answer;
  }

  /** Whether the emulator still runs after a delay, if there is one. */
  private boolean waits() {
    Optional<Fault.Delay> delay = faults.take(Fault.Delay.class, target);
    try {
      if (delay.isPresent()) {
        Thread.sleep(delay.get().duration().toMillis());
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
