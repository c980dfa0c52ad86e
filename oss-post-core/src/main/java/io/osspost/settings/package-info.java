/**
 * Configuration by names and texts: checks the settings and opens the endpoints.
 *
 * <p>Start at {@link io.osspost.settings.UploadSettings}. Adapters decide where the texts come from
 * (properties, environment, init parameters).
 */
@NullMarked
package io.osspost.settings;

import org.jspecify.annotations.NullMarked;
