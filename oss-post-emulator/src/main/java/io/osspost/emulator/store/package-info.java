/**
 * The stored objects: content and headers on disk, an index of keys in memory.
 *
 * <p>Start at {@link io.osspost.emulator.store.ObjectStore}. Nothing here knows about HTTP,
 * policies or access rights. Not part of the emulator's API: it may change without notice.
 */
@NullMarked
package io.osspost.emulator.store;

import org.jspecify.annotations.NullMarked;
