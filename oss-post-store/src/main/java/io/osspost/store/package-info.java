/**
 * The ledger of grants and the memory of reported uploads in a database that several servers share.
 *
 * <p>Start at {@link io.osspost.store.JdbcStore}. Nothing here looks at objects or calls the
 * listener.
 */
@NullMarked
package io.osspost.store;

import org.jspecify.annotations.NullMarked;
