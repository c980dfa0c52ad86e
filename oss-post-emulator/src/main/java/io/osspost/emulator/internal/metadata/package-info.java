/**
 * The metadata service of an ECS instance, limited to the keys of the instance's role.
 *
 * <p>Start at {@link io.osspost.emulator.internal.metadata.MetadataService}. Not part of the
 * emulator's API: it may change without notice.
 */
@NullMarked
package io.osspost.emulator.internal.metadata;

import org.jspecify.annotations.NullMarked;
