package io.osspost.store.nodes;

/** A place at which a node is killed while it reports an upload. */
enum StopPoint {
  /** The event is claimed, and the listener has changed nothing. */
  LISTENER,
  /** The listener has inserted its row. */
  INSERTED,
  /** The event is marked as done in the transaction, which is not committed. */
  COMMITTING,
  /** The transaction is committed, and the ledger does not know it. */
  COMMITTED
}
