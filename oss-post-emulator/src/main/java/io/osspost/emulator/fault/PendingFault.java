package io.osspost.emulator.fault;

import java.util.HashMap;
import java.util.Map;

/** A fault and the number of requests with which it has still to occur. Not thread-safe. */
final class PendingFault {
  private static final int ENDLESS = Integer.MAX_VALUE;

  private Fault fault;
  private final Map<String, Integer> countsOfParts = new HashMap<>();
  private boolean over;

  PendingFault(Fault fault) {
    this.fault = fault;
  }

  /** Returns the fault with its remaining times. */
  Fault fault() {
    return fault;
  }

  /** Returns whether the fault cannot occur any more. */
  boolean isOver() {
    return over;
  }

  /** Returns whether the fault occurs with a request, and counts it. */
  boolean occursWith(String request, Map<String, String> query) {
    if (!fault.appliesTo(request, query)) {
      return false;
    }
    return fault.eachPart() ? request.equals("PUT") && occursInPart(query) : countDown();
  }

  private boolean countDown() {
    over = fault.times() == 1;
    if (!over && fault.times() < ENDLESS) {
      fault = fault.times(fault.times() - 1);
    }
    return true;
  }

  /** Upload ids are unique, so a part is known by its upload and its number. */
  private boolean occursInPart(Map<String, String> query) {
    String number = query.get("partNumber");
    String upload = query.get("uploadId");
    if (number == null || upload == null) {
      return false;
    }
    return fault.times() == ENDLESS
        || countsOfParts.merge(upload + "/" + number, 1, Integer::sum) <= fault.times();
  }
}
