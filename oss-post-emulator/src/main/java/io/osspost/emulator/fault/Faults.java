package io.osspost.emulator.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import java.util.Optional;

/**
 * What shall go wrong, in the order it was added. Of several faults of one kind the first that fits
 * a request strikes; faults of different kinds strike together. Thread-safe.
 */
public final class Faults {
  /** The target of faults for requests to STS. */
  public static final String STS = "STS";

  private final List<Fault> pending = new ArrayList<>();

  /** Lets {@code fault} happen. */
  public synchronized void add(Fault fault) {
    pending.add(fault);
  }

  /** Lets all go well from now on. */
  public synchronized void clear() {
    pending.clear();
  }

  /** What is still to happen; a copy. */
  public synchronized List<Fault> pending() {
    return List.copyOf(pending);
  }

  /**
   * The effect of one kind that is due for a request; called by the servers of the emulator.
   *
   * @param request its method, or {@link #STS}
   */
  public synchronized <E extends Fault.Effect> Optional<E> take(Class<E> kind, String request) {
    for (ListIterator<Fault> faults = pending.listIterator(); faults.hasNext(); ) {
      Fault fault = faults.next();
      if (kind.isInstance(fault.effect()) && fault.strikes(request)) {
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
