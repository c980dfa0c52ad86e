package io.osspost.ledger;

import java.util.List;

/**
 * Reads a ledger for operators, without locking its rows. Must be thread-safe. Implemented by
 * ledgers that health, metrics and the list of open grants can show.
 *
 * <p>Every method throws a {@link StoreUnavailableException} if the store does not answer.
 */
public interface LedgerReader {
  /**
   * {@return the number of grants whose objects are still looked at, and the oldest of them} Also
   * fails if the ledger cannot be changed.
   */
  LedgerSummary summary();

  /**
   * Returns grants that were not reported yet, in the order in which their objects are looked at.
   *
   * @param limit the largest number of grants, at least 1
   * @return the grants, possibly none
   */
  List<OpenGrant> open(int limit);
}
