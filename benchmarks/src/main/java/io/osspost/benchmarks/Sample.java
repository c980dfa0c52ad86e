package io.osspost.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** The cost of a block of grants for their threads, per grant. */
record Sample(double cpuNanos, double bytes) {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Makes {@code count} grants in this thread, each for another caller. */
  static Sample take(Granter granter, int count) {
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long nanos = THREADS.getCurrentThreadCpuTime();
    int seen = 0;
    for (int i = 0; i < count; i++) {
      seen += granter.grant(Callers.NAMES[i & Callers.MASK]).length;
    }
    nanos = THREADS.getCurrentThreadCpuTime() - nanos;
    bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
    if (seen == 0) {
      throw new IllegalStateException("A grant must not be empty");
    }
    return new Sample((double) nanos / count, (double) bytes / count);
  }

  /** The names of the callers. */
  static final class Callers {
    static final int MASK = 1023;
    static final String[] NAMES = new String[MASK + 1];

    static {
      for (int i = 0; i < NAMES.length; i++) {
        NAMES[i] = "user-" + (1000 + i);
      }
    }

    private Callers() {}
  }
}
