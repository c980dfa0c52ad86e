package io.osspost.examples.plain;

import io.osspost.callback.CallbackMemory;
import io.osspost.callback.ListenerTransaction;
import io.osspost.ledger.StoreUnavailableException;
import io.osspost.ledger.UploadLedger;
import io.osspost.spi.SharedStore;
import io.osspost.spi.StoreOptions;
import io.osspost.spi.StoreType;
import java.util.Optional;

/** A store of the application's own, which {@code store.type: own} selects. */
public final class OwnStore implements SharedStore {
  private final OwnLedger ledger = new OwnLedger();
  private final CallbackMemory memory = CallbackMemory.inProcess();

  /** Opens the store, as a service of the application. */
  public static final class Type implements StoreType {
    @Override
    public String name() {
      return "own";
    }

    @Override
    public SharedStore open(StoreOptions options) {
      if (options.createSchema()) {
        throw new StoreUnavailableException(
            "This store has no tables. Remove store.create-schema.",
            new IllegalArgumentException("store.create-schema"));
      }
      return new OwnStore();
    }
  }

  @Override
  public CallbackMemory memory() {
    return memory;
  }

  @Override
  public UploadLedger ledger() {
    return ledger;
  }

  @Override
  public Optional<ListenerTransaction> transaction() {
    return Optional.of(ListenerTransaction.none());
  }

  @Override
  public void close() {}
}
