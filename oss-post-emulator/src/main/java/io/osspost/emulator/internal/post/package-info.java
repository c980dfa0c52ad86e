/**
 * PostObject: an HTML form that uploads one file, judged by the policy it carries.
 *
 * <p>Start at {@link io.osspost.emulator.internal.post.PostObject}, which shows the whole order of
 * checks. What OSS leaves undocumented is decided in {@link
 * io.osspost.emulator.rules.EmulatorRule}. Not part of the emulator's API: it may change without
 * notice.
 */
@NullMarked
package io.osspost.emulator.internal.post;

import org.jspecify.annotations.NullMarked;
