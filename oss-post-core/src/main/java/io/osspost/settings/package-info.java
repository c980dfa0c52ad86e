/**
 * Configuration as operators write it: names and texts in, checked settings and running endpoints
 * out.
 *
 * <p>Start at {@link io.osspost.settings.UploadSettings}. Where the texts come from (properties,
 * environment, init parameters) is the adapter's business.
 */
@NullMarked
package io.osspost.settings;

import org.jspecify.annotations.NullMarked;
