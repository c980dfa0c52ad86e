package io.osspost.store.nodes;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The clock of several processes. A test advances it by a number in a file that all of them map.
 */
final class SharedClock extends Clock {
  private static final VarHandle MILLIS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final MappedByteBuffer ahead;

  SharedClock(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      this.ahead = channel.map(MapMode.READ_WRITE, 0, Long.BYTES);
    }
  }

  void advance(Duration duration) {
    MILLIS.setVolatile(ahead, 0, (long) MILLIS.getVolatile(ahead, 0) + duration.toMillis());
  }

  @Override
  public Instant instant() {
    return Instant.now().plusMillis((long) MILLIS.getVolatile(ahead, 0));
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
