package io.osspost.emulator.internal.http;

import io.osspost.emulator.fault.Fault;
import io.osspost.emulator.fault.Faults;
import java.util.Optional;

/**
 * Adds delays and closed connections to the requests of STS and the metadata service. The service
 * itself writes refusals.
 */
public final class FaultyHandler implements HttpHandler {
  private final HttpHandler handler;
  private final Faults faults;
  private final String target;

  /**
   * Creates a handler.
   *
   * @param target the name of the service in faults
   */
  public FaultyHandler(HttpHandler handler, Faults faults, String target) {
    this.handler = handler;
    this.faults = faults;
    this.target = target;
  }

  @Override
  public HttpAnswer answer(HttpRequest request) {
    if (!waitIfDelayed() || faults.take(Fault.Drop.class, target).isPresent()) {
      return HttpAnswer.none();
    }
    HttpAnswer answer = handler.answer(request);
    if (faults.take(Fault.LoseAnswer.class, target).isPresent()) {
      return HttpAnswer.none();
    }
    Optional<Fault.CutAnswer> cut = faults.take(Fault.CutAnswer.class, target);
    return cut.isPresent() ? answer.cutAfter(cut.get().bytes()) : answer;
  }

  /** Waits for a delay, if there is one; returns whether the emulator still runs. */
  private boolean waitIfDelayed() {
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
