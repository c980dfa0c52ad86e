/**
 * Multipart uploads, from InitiateMultipartUpload to CompleteMultipartUpload.
 *
 * <p>Start at {@link io.osspost.emulator.internal.multipart.CompleteUpload}. The store keeps
 * unfinished uploads. Not part of the emulator's API: it may change without notice.
 */
@NullMarked
package io.osspost.emulator.internal.multipart;

import org.jspecify.annotations.NullMarked;
