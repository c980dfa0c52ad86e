/**
 * Operations on buckets: create, list, delete, settings, CORS rules, and lists of objects.
 *
 * <p>Start at {@link io.osspost.emulator.internal.bucket.ListObjects}. Not part of the emulator's
 * API: it may change without notice.
 */
@NullMarked
package io.osspost.emulator.internal.bucket;

import org.jspecify.annotations.NullMarked;
