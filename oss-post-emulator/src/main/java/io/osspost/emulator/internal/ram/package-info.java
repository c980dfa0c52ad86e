/**
 * RAM policies: which action is allowed on which resource.
 *
 * <p>Start at {@link io.osspost.emulator.internal.ram.Permissions}. This package does not depend on
 * OSS, HTTP or keys. The policy of an upload form is another language; see {@code
 * io.osspost.emulator.internal.post}. Not part of the emulator's API: it may change without notice.
 */
@NullMarked
package io.osspost.emulator.internal.ram;

import org.jspecify.annotations.NullMarked;
