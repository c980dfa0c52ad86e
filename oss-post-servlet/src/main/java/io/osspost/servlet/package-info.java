/**
 * The upload grant endpoint for servlet containers.
 *
 * <p>Start at {@link io.osspost.servlet.OssPostFilter}. It only copies: requests in, answers out.
 */
@NullMarked
package io.osspost.servlet;

import org.jspecify.annotations.NullMarked;
