/**
 * The HTTP endpoints for grants in plain Java: a request in, a response out.
 *
 * <p>Start at {@link io.osspost.web.UploadEndpoints}. Adapters to a container copy their request
 * into a {@link io.osspost.web.WebRequest} and write the {@link io.osspost.web.WebResponse}; every
 * decision is made here.
 */
@NullMarked
package io.osspost.web;

import org.jspecify.annotations.NullMarked;
