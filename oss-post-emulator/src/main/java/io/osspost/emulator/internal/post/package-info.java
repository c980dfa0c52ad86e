/**
 * PostObject: an HTML form that uploads one file, checked by the policy that it carries.
 *
 * <p>Start at {@link io.osspost.emulator.internal.post.PostObject}, which shows the whole order of
 * checks. {@link io.osspost.emulator.rules.EmulatorRule} lists the undocumented points. Not part of
 * the emulator's API: it may change without notice.
 */
@NullMarked
package io.osspost.emulator.internal.post;

import org.jspecify.annotations.NullMarked;
