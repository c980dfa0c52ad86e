package io.osspost.callback;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.callback.CallbackRefusedException.Reason;
import io.osspost.object.ObjectKey;
import io.osspost.wire.Digests;
import io.osspost.wire.JsonText;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;

/**
 * Receives OSS's callbacks and tells a listener of the uploads that were granted. Thread-safe.
 *
 * <p>A request walks one way: OSS's signature, the body, our ticket, what the ticket granted, the
 * memory, the listener. A grant of one named object gives one event, the first; a grant of a
 * directory gives one per object and upload. Repeats get the same answer without an event.
 */
public final class UploadCallbacks {
  private static final int REMEMBERED = 100_000;

  private final UploadTickets tickets;
  private final UploadListener listener;
  private final CallbackVerifier verifier;
  private final Memory memory;
  private final Clock clock;

  private UploadCallbacks(Builder builder) {
    this.tickets = builder.tickets;
    this.listener = builder.listener;
    this.verifier = builder.verifier;
    this.memory = builder.memory;
    this.clock = builder.clock;
  }

  /**
   * Remembers which events the listener has heard. Called from several threads at once. Several
   * servers that shall share one event need a memory they share.
   */
  public interface Memory {
    /**
     * Remembers {@code event} at least until {@code until}.
     *
     * @param event at most 100 ASCII characters
     * @param until when the ticket behind it is too old to be accepted again
     * @return whether it was unknown: true to exactly one of any number of concurrent calls
     */
    boolean isFirst(String event, Instant until);

    /**
     * Forgets {@code event}, because the listener failed.
     *
     * @param event one that {@link #isFirst} was asked about
     */
    void forget(String event);

    /**
     * Remembers in this process only, and the last {@code capacity} events only: what is older and
     * comes again is an event again.
     *
     * @param capacity how many, at least 1
     * @return the memory, empty
     * @throws IllegalArgumentException when {@code capacity} is less
     */
    static Memory inProcess(int capacity) {
      if (capacity < 1) {
        throw new IllegalArgumentException(
            "A memory of " + capacity + " events cannot hold one. Give it room for many.");
      }
      return new RecentEvents(capacity);
    }
  }

  /**
   * What became of a callback that was accepted.
   *
   * @param object the upload it tells of
   * @param isNew whether the listener heard of it; false for a repeat
   */
  public record Outcome(UploadedObject object, boolean isNew) {
    /**
     * {@return the answer for OSS to hand to the uploader: JSON in UTF-8, and the same for a
     * repeat}
     */
    public byte[] toJson() {
      return new JsonText()
          .openObject()
          .member("key", object.key().value())
          .closeObject()
          .toBytes();
    }
  }

  /**
   * Starts a receiver that accepts {@code tickets} and tells {@code listener}.
   *
   * @param tickets with the secret of those the grants were made with
   * @param listener told of every upload once
   * @return a builder
   */
  public static Builder of(UploadTickets tickets, UploadListener listener) {
    return new Builder(tickets, listener);
  }

  /**
   * Receives one callback. What the listener throws comes through.
   *
   * @param request the callback as it arrived
   * @return the upload, and whether the listener heard of it now
   * @throws CallbackRefusedException when it is not OSS's, or not about an upload of ours
   */
  public Outcome receive(CallbackRequest request) {
    CallbackBody body = CallbackBody.read(verifier.verify(request));
    String ticket =
        body.ticket()
            .orElseThrow(
                () ->
                    new CallbackRefusedException(
                        Reason.TICKET_MISSING,
                        "The body carries no ticket.",
                        "Give every grant a ticket; callbacks of other systems need another URL."));
    UploadTickets.Terms terms = tickets.verify(ticket, clock.instant());
    UploadedObject object = granted(terms, body);
    String event = event(terms, object);
    boolean isNew = memory.isFirst(event, tickets.lastUse(terms));
    if (isNew) {
      tell(object, event);
    }
    return new Outcome(object, isNew);
  }

  private void tell(UploadedObject object, String event) {
    boolean heard = false;
    try {
      listener.uploaded(object);
      heard = true;
    } finally {
      if (!heard) {
        memory.forget(event);
      }
    }
  }

  private static UploadedObject granted(UploadTickets.Terms terms, CallbackBody body) {
    if (!body.bucket().equals(terms.bucket())) {
      throw new CallbackRefusedException(
          Reason.OTHER_BUCKET,
          "The ticket is for bucket '" + terms.bucket() + "', but the object is in another.",
          "Give buckets that share a callback URL different ticket secrets.");
    }
    ObjectKey key = body.object();
    if (!terms.admitsKey(key)) {
      throw new CallbackRefusedException(
          Reason.OTHER_OBJECT,
          "The object is not the one the ticket is for.",
          "Pin the key and the callback in the policy of every grant.");
    }
    long size = body.size();
    if (!terms.admitsSize(size)) {
      throw new CallbackRefusedException(
          Reason.SIZE_OUT_OF_RANGE,
          "The object has "
              + size
              + " bytes, but "
              + terms.minSize()
              + " to "
              + terms.maxSize()
              + " were granted.",
          "Pin the size and the callback in the policy of every grant.");
    }
    return new UploadedObject(
        terms.grantId(),
        terms.caller(),
        terms.bucket(),
        key,
        size,
        body.text(CallbackParameter.Variable.MIME_TYPE),
        body.etag(),
        body.text(CallbackParameter.Variable.CRC64),
        body.image(),
        body.text(CallbackParameter.Variable.REQUEST_ID),
        body.others());
  }

  /** What makes an event the same event; digested, so that it is short whatever the names are. */
  private static String event(UploadTickets.Terms terms, UploadedObject object) {
    if (terms.key().isPresent()) {
      return terms.grantId().toString();
    }
    String requestId =
        object
            .requestId()
            .orElseThrow(
                () ->
                    CallbackBody.malformed(
                        "it lacks 'reqId', which tells uploads to a directory apart"));
    ByteArrayOutputStream names = new ByteArrayOutputStream();
    names.writeBytes(Digests.sha256(object.key().value().getBytes(UTF_8)));
    names.writeBytes(requestId.getBytes(UTF_8));
    return terms.grantId()
        + "/"
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(Digests.sha256(names.toByteArray()));
  }

  /** Collects what a receiver needs. Not thread-safe. */
  public static final class Builder {
    private final UploadTickets tickets;
    private final UploadListener listener;
    private CallbackVerifier verifier = CallbackVerifier.trustingOss().build();
    private Memory memory = Memory.inProcess(REMEMBERED);
    private Clock clock = Clock.systemUTC();

    private Builder(UploadTickets tickets, UploadListener listener) {
      this.tickets = Objects.requireNonNull(tickets, "tickets");
      this.listener = Objects.requireNonNull(listener, "listener");
    }

    /**
     * What verifies OSS's signature; the key OSS publishes unless set.
     *
     * @param verifier one that knows the key of your cloud
     * @return this builder
     */
    public Builder verifier(CallbackVerifier verifier) {
      this.verifier = Objects.requireNonNull(verifier, "verifier");
      return this;
    }

    /**
     * What remembers events; the last 100,000 in this process unless set.
     *
     * @param memory one that all servers share, where there are several
     * @return this builder
     */
    public Builder memory(Memory memory) {
      this.memory = Objects.requireNonNull(memory, "memory");
      return this;
    }

    /**
     * The clock that tickets age by; the system's unless set.
     *
     * @param clock asked once per callback
     * @return this builder
     */
    public Builder clock(Clock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /** {@return the receiver} */
    public UploadCallbacks build() {
      return new UploadCallbacks(this);
    }
  }
}
