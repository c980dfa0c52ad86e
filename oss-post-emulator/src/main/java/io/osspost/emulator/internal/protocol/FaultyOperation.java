package io.osspost.emulator.internal.protocol;

import io.osspost.emulator.fault.Fault;
import io.osspost.emulator.fault.Faults;
import io.osspost.emulator.internal.http.BlockInputStream;
import io.osspost.emulator.internal.http.ConnectionCutException;
import io.osspost.emulator.internal.http.HttpAnswer;
import io.osspost.emulator.internal.text.DurationText;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Optional;

/** Adds a test's faults to an operation. Thread-safe. */
public final class FaultyOperation implements Operation {
  private final Operation operation;
  private final Faults faults;

  public FaultyOperation(Operation operation, Faults faults) {
    this.operation = operation;
    this.faults = faults;
  }

  @Override
  public HttpAnswer perform(OssRequest request) throws IOException {
    Optional<Fault.Delay> delay = take(Fault.Delay.class, request);
    if (delay.isPresent()) {
      request.note("a fault delays this request by " + DurationText.of(delay.get().duration()));
      sleep(delay.get());
    }
    if (take(Fault.Drop.class, request).isPresent()) {
      throw new ConnectionCutException("a fault drops this request");
    }
    Optional<Fault.Refusal> refusal = take(Fault.Refusal.class, request);
    if (refusal.isPresent()) {
      Fault.Refusal error = refusal.get();
      throw OssError.of(error.status(), error.code(), error.message())
          .because("a fault rejects this request");
    }
    take(Fault.CutUpload.class, request)
        .ifPresent(cut -> request.readBodyFrom(new CutInput(request.body(), cut.bytes())));
    HttpAnswer answer = operation.perform(request);
    if (take(Fault.LoseAnswer.class, request).isPresent()) {
      throw new ConnectionCutException("a fault discards the response");
    }
    Optional<Fault.CutAnswer> cut = take(Fault.CutAnswer.class, request);
    if (cut.isEmpty()) {
      return answer;
    }
    String why = "a fault cuts the response after " + cut.get().bytes() + " bytes";
    if (answer.length() == 0) {
      throw new ConnectionCutException(why);
    }
    request.note(why);
    return answer.cutAfter(cut.get().bytes());
  }

  private <E extends Fault.Effect> Optional<E> take(Class<E> kind, OssRequest request) {
    return faults.take(kind, request.method(), request.query());
  }

  private static void sleep(Fault.Delay delay) throws IOException {
    try {
      Thread.sleep(delay.duration().toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("The emulator stops");
    }
  }

  /** A request body that ends the connection after a number of bytes. */
  private static final class CutInput extends BlockInputStream {
    private final InputStream in;
    private long left;

    CutInput(InputStream in, long bytes) {
      this.in = in;
      this.left = bytes;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (left == 0) {
        throw new ConnectionCutException("a fault cuts the upload");
      }
      int n = in.read(bytes, offset, (int) Math.min(length, left));
      left -= Math.max(n, 0);
      return n;
    }

    @Override
    public int available() throws IOException {
      return in.available();
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
