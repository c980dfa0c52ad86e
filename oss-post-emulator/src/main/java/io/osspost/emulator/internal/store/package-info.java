/**
 * The stored objects: content and headers on disk, an index of keys in memory.
 *
 * <p>Start at {@link io.osspost.emulator.internal.store.ObjectStore}. This package does not depend
 * on HTTP, policies or access rights. Not part of the emulator's API: it may change without notice.
 */
@NullMarked
package io.osspost.emulator.internal.store;

import org.jspecify.annotations.NullMarked;
