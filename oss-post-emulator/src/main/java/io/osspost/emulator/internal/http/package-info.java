/** A small HTTP server: connections, heads, bodies, and the accepted hosts. Independent of OSS. */
@NullMarked
package io.osspost.emulator.internal.http;

import org.jspecify.annotations.NullMarked;
