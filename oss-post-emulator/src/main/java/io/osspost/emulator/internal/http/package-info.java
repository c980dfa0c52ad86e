/**
 * A small HTTP server: connections, heads, bodies, and which hosts it answers to. Knows nothing of
 * OSS.
 */
@NullMarked
package io.osspost.emulator.internal.http;

import org.jspecify.annotations.NullMarked;
