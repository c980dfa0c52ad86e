package io.osspost.emulator.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import java.util.Optional;

/**
 * The pending faults, in the order of their addition. If several faults of one kind match a
 * request, the first occurs. Faults of different kinds can occur with the same request.
 * Thread-safe.
 */
public final class Faults {
  /** The target of faults for requests to STS. */
  public static final String STS = "STS";

  private final List<Fault> pending = new ArrayList<>();

  /** Adds {@code fault}. */
  public synchronized void add(Fault fault) {
    pending.add(fault);
  }

  /** Removes all faults. */
  public synchronized void clear() {
    pending.clear();
  }

  /** Returns the pending faults; a copy. */
  public synchronized List<Fault> pending() {
    return List.copyOf(pending);
  }

  /**
   * Returns the effect of one kind that occurs with a request, and counts it. The emulator's
   * servers call this method.
   *
   * @param request its method, or {@link #STS}
   */
  public synchronized <E extends Fault.Effect> Optional<E> take(Class<E> kind, String request) {
    for (ListIterator<Fault> faults = pending.listIterator(); faults.hasNext(); ) {
      Fault fault = faults.next();
      if (kind.isInstance(fault.effect()) && fault.appliesTo(request)) {
        if (fault.times() == 1) {
          faults.remove();
        } else if (fault.times() < Integer.MAX_VALUE) {
          faults.set(fault.times(fault.times() - 1));
        }
        return Optional.of(kind.cast(fault.effect()));
      }
    }
    return Optional.empty();
  }

  @Override
  public synchronized String toString() {
    return "Faults" + pending;
  }
}
