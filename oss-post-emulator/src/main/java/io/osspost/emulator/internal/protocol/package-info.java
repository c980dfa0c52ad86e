/**
 * The common parts of all operations: addressing, errors and their documents, CORS.
 *
 * <p>Start at {@link io.osspost.emulator.internal.protocol.OssServer}.
 */
@NullMarked
package io.osspost.emulator.internal.protocol;

import org.jspecify.annotations.NullMarked;
