/**
 * Checks planned uploads against their profile: directory, name, size and type.
 *
 * <p>Nothing here signs or reads credentials. Not exported.
 */
@NullMarked
package io.osspost.admission;

import org.jspecify.annotations.NullMarked;
