package io.osspost.settings;

import io.osspost.callback.CallbackMemory;
import io.osspost.callback.ListenerTransaction;
import io.osspost.ledger.MemoryLedger;
import io.osspost.ledger.UploadLedger;
import io.osspost.spi.SharedRates;
import io.osspost.spi.SharedStore;
import java.util.Optional;

/** A store in memory, with the rates of a test. */
final class FakeSharedStore implements SharedStore {
  private final SharedRates rates;

  FakeSharedStore(SharedRates rates) {
    this.rates = rates;
  }

  @Override
  public CallbackMemory memory() {
    return CallbackMemory.inProcess();
  }

  @Override
  public UploadLedger ledger() {
    return new MemoryLedger();
  }

  @Override
  public Optional<ListenerTransaction> transaction() {
    return Optional.empty();
  }

  @Override
  public Optional<SharedRates> rates() {
    return Optional.of(rates);
  }

  @Override
  public void close() {}
}
