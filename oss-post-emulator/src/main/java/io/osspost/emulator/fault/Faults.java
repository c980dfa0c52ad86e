package io.osspost.emulator.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pending faults, in the order of their addition. If several faults of one kind match a
 * request, the first occurs. Faults of different kinds can occur with the same request.
 * Thread-safe.
 */
public final class Faults {
  /** The target of faults for requests to STS. */
  public static final String STS = "STS";

  private final List<PendingFault> pending = new ArrayList<>();

  /** Adds {@code fault}. */
  public synchronized void add(Fault fault) {
    pending.add(new PendingFault(fault));
  }

  /** Removes all faults. */
  public synchronized void clear() {
    pending.clear();
  }

  /** Returns the pending faults; a copy. */
  public synchronized List<Fault> pending() {
    return pending.stream().map(PendingFault::fault).toList();
  }

  /**
   * Returns the effect of one kind that occurs with a request without parameters, and counts it.
   *
   * @param request its method, or {@link #STS}
   */
  public <E extends Fault.Effect> Optional<E> take(Class<E> kind, String request) {
    return take(kind, request, Map.of());
  }

  /**
   * Returns the effect of one kind that occurs with a request, and counts it. The emulator's
   * servers call this method.
   *
   * @param request its method, or {@link #STS}
   * @param query the decoded parameters of its URL
   */
  public synchronized <E extends Fault.Effect> Optional<E> take(
      Class<E> kind, String request, Map<String, String> query) {
    for (PendingFault next : pending) {
      Fault.Effect effect = next.fault().effect();
      if (kind.isInstance(effect) && next.occursWith(request, query)) {
        pending.removeIf(PendingFault::isOver);
        return Optional.of(kind.cast(effect));
      }
    }
    return Optional.empty();
  }

  @Override
  public synchronized String toString() {
    return "Faults" + pending();
  }
}
