/**
 * The ledger: remembers every exact grant until its upload was reported, or cannot come any more.
 *
 * <p>Start at {@link io.osspost.ledger.UploadLedger}. Nothing here looks at objects or calls the
 * listener.
 */
@NullMarked
package io.osspost.ledger;

import org.jspecify.annotations.NullMarked;
