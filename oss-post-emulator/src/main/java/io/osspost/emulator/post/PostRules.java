package io.osspost.emulator.post;

import java.time.Duration;

/**
 * The limits of PostObject, and the choices we made where OSS's documentation is silent or
 * contradicts itself. Immutable.
 *
 * @param maxFieldName bytes of a field name (documented)
 * @param maxFieldValue bytes of a field value (documented as 2 MB; other pages say 8 KB or 4 KB)
 * @param maxFields bytes of all values before the file (documented)
 * @param maxFile bytes of the file and of the whole body: 5 GB, which we read as 5 GiB
 * @param clockSkew how far {@code x-oss-date} may lie ahead of the server (documented as a
 *     tolerance of 15 minutes; that it counts forward only is our reading)
 * @param signatureLife how long after {@code x-oss-date} a V4 signature counts (documented)
 * @param absentFieldPassesNotIn whether {@code not-in} holds for a field that was not sent; our
 *     choice is no, as for every other condition
 * @param tokenNeedsCondition whether a V4 form that sends a security token must pin it; our choice
 *     is yes, as for the other V4 fields
 * @param redirectStatus the status of {@code success_action_redirect}; our choice is 303
 */
public record PostRules(
    int maxFieldName,
    int maxFieldValue,
    int maxFields,
    long maxFile,
    Duration clockSkew,
    Duration signatureLife,
    boolean absentFieldPassesNotIn,
    boolean tokenNeedsCondition,
    int redirectStatus) {

  /** What OSS documents, and the safer reading everywhere else. */
  public static PostRules standard() {
    return new PostRules(
        8 << 10,
        2 << 20,
        8 << 20,
        5L << 30,
        Duration.ofMinutes(15),
        Duration.ofDays(7),
        false,
        true,
        303);
  }
}
