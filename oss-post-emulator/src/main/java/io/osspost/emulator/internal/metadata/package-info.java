/**
 * The metadata service of an ECS instance, as far as it hands out the keys of the instance's role.
 *
 * <p>Start at {@link io.osspost.emulator.internal.metadata.MetadataService}. Not part of the
 * emulator's API: it may change without notice.
 */
@NullMarked
package io.osspost.emulator.internal.metadata;

import org.jspecify.annotations.NullMarked;
