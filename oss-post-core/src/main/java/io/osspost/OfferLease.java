package io.osspost;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The use of an offer by one request. While it is open, the credentials of a tenant's profile
 * remain open, even if the profile is changed or deleted. Close it at the end of the request.
 */
public final class OfferLease implements AutoCloseable {
  private final UploadOffer offer;
  private final Runnable finish;
  private final AtomicBoolean closed = new AtomicBoolean();

  OfferLease(UploadOffer offer, Runnable finish) {
    this.offer = offer;
    this.finish = finish;
  }

  /** {@return the offer} */
  public UploadOffer offer() {
    return offer;
  }

  /** Ends the use. Further calls have no effect. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      finish.run();
    }
  }
}
