/**
 * What goes out with a grant and comes back after the upload: the ticket, and the callback
 * parameter that carries it.
 *
 * <p>Start at {@link io.osspost.ticket.UploadTickets}.
 */
@NullMarked
package io.osspost.ticket;

import org.jspecify.annotations.NullMarked;
