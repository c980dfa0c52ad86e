package io.osspost.emulator.internal;

import io.osspost.emulator.clock.EmulatorClock;
import io.osspost.emulator.fault.Faults;
import io.osspost.emulator.journal.Journal;
import java.time.Clock;

/** The parts that a test uses to control and observe an emulator. */
public record Controls(EmulatorClock clock, Journal journal, Faults faults) {
  static Controls of(Clock base) {
    EmulatorClock clock = new EmulatorClock(base);
    return new Controls(clock, new Journal(clock), new Faults());
  }
}
