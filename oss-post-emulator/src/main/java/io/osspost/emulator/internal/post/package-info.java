/**
 * PostObject: an HTML form uploads one file. The policy in the form limits the upload.
 *
 * <p>Start at {@link io.osspost.emulator.internal.post.PostObject}, which performs all checks in
 * their order. {@link io.osspost.emulator.rules.EmulatorRule} lists the undocumented points. Not
 * part of the emulator's API: it may change without notice.
 */
@NullMarked
package io.osspost.emulator.internal.post;

import org.jspecify.annotations.NullMarked;
