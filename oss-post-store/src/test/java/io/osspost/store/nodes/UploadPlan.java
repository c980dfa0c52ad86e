package io.osspost.store.nodes;

import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The course of one upload, and the faults in it. It depends on the seed alone, so a seed repeats
 * the schedule of faults.
 *
 * @param index the number of the upload, from 0
 * @param way how the page uploads
 * @param node the node that grants the upload
 * @param size the number of bytes
 * @param delivery what happens to OSS's callback; also to the first completion of parts
 * @param confirmation how the page reports the end of the upload
 * @param ending how the page ends
 * @param kill when a node is killed
 * @param delayMillis a short wait before that
 */
record UploadPlan(
    int index,
    Way way,
    int node,
    int size,
    Delivery delivery,
    Confirmation confirmation,
    Ending ending,
    Optional<Kill> kill,
    int delayMillis) {
  /** The number of last bytes that a slow page sends one by one. */
  static final int SLOW_BYTES = 300;

  enum Way {
    FORM,
    PUT,
    PARTS
  }

  enum Delivery {
    DELIVERED,
    LOST,
    DOUBLED,
    /** Delivered when the grant has ended, while the sweep runs. */
    LATE,
    OTHER_NODE
  }

  enum Confirmation {
    NONE,
    ONE_NODE,
    BOTH_NODES
  }

  enum Ending {
    USUAL,
    /** The page uploads nothing, or does not complete the parts. */
    ABANDONED,
    /** The page does not know the result, and uploads again with a repeated grant. */
    REPEATED,
    /** The last bytes of the form arrive after the grant has ended. */
    SLOW
  }

  /** The reason of a kill. */
  enum Kill {
    /** The page has uploaded, and no callback was delivered. */
    UPLOADED,
    /** A node has received the callback or the completion. */
    REPORTING,
    LISTENER,
    INSERTED,
    COMMITTING,
    COMMITTED;

    Optional<StopPoint> stop() {
      return this == UPLOADED || this == REPORTING
          ? Optional.empty()
          : Optional.of(StopPoint.valueOf(name()));
    }
  }

  /**
   * Returns the plan of one upload.
   *
   * @param uploads the number of all uploads
   * @param kills the number of all kills, evenly distributed over uploads and reasons
   */
  static UploadPlan of(long seed, int index, int uploads, int kills) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + index);
    Optional<Kill> kill = kill(index, Math.max(1, uploads / kills));
    Ending ending = kill.isPresent() ? Ending.USUAL : ending(random, index, uploads);
    Way way = ending == Ending.SLOW ? Way.FORM : pick(random, new int[] {50, 25, 25}, Way.values());
    return new UploadPlan(
        index,
        way,
        random.nextInt(2),
        way == Way.PARTS && random.nextInt(8) == 0
            ? 102_400 + random.nextInt(1, 1_000)
            : random.nextInt(1, 2_000) + (ending == Ending.SLOW ? SLOW_BYTES : 0),
        kill.equals(Optional.of(Kill.UPLOADED))
            ? Delivery.LOST
            : pick(random, new int[] {35, 20, 15, 15, 15}, Delivery.values()),
        pick(random, new int[] {50, 35, 15}, Confirmation.values()),
        ending,
        kill,
        random.nextInt(20));
  }

  private static Optional<Kill> kill(int index, int distance) {
    Kill[] kills = Kill.values();
    return index % distance == distance / 2
        ? Optional.of(kills[index / distance % kills.length])
        : Optional.empty();
  }

  private static Ending ending(SplittableRandom random, int index, int uploads) {
    // The last ones are slow, because OSS closes a connection that stalls.
    return index >= uploads - Math.max(2, uploads / 100)
        ? Ending.SLOW
        : pick(random, new int[] {90, 5, 5}, Ending.USUAL, Ending.ABANDONED, Ending.REPEATED);
  }

  @SafeVarargs
  private static <T> T pick(SplittableRandom random, int[] percents, T... values) {
    int left = random.nextInt(100);
    int index = 0;
    while (left >= percents[index]) {
      left -= percents[index++];
    }
    return values[index];
  }
}
