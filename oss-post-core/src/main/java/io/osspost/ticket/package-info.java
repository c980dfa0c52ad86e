/**
 * The ticket of a grant, and the callback parameter that carries it to OSS and back.
 *
 * <p>Start at {@link io.osspost.ticket.UploadTickets}.
 */
@NullMarked
package io.osspost.ticket;

import org.jspecify.annotations.NullMarked;
