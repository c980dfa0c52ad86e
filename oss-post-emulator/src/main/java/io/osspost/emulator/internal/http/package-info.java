/**
 * OSS's frame around every operation: addressing, CORS, request ids, the error document.
 *
 * <p>Start at {@link io.osspost.emulator.internal.http.OssServer}, which hands each {@link
 * io.osspost.emulator.internal.http.OssRequest} to one {@link
 * io.osspost.emulator.internal.http.Operation}. Nothing here knows which operations there are. Not
 * part of the emulator's API: it may change without notice.
 */
@NullMarked
package io.osspost.emulator.internal.http;

import org.jspecify.annotations.NullMarked;
