package io.osspost.spi;

import io.osspost.callback.CallbackMemory;
import io.osspost.callback.ListenerTransaction;
import io.osspost.ledger.UploadLedger;
import java.util.Optional;

/** State that several servers share. Thread-safe. */
public interface SharedStore extends AutoCloseable {
  /**
   * Returns the memory of reported uploads.
   *
   * @return the memory
   */
  CallbackMemory memory();

  /**
   * Returns the ledger of grants.
   *
   * @return the ledger
   */
  UploadLedger ledger();

  /**
   * Returns the transaction in which the listener must run.
   *
   * @return the transaction; empty if there is none
   */
  Optional<? extends ListenerTransaction> transaction();

  /**
   * Returns the rates that the store counts.
   *
   * @return the rates; empty if the store counts none, so that each server counts by itself
   */
  default Optional<SharedRates> rates() {
    return Optional.empty();
  }

  /** Releases the objects that the store opened. */
  @Override
  void close();
}
