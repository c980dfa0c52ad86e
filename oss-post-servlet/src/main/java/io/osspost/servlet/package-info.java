/**
 * The upload grant endpoint for servlet containers.
 *
 * <p>Start at {@link io.osspost.servlet.OssPostFilter}. It only copies requests and responses.
 */
@NullMarked
package io.osspost.servlet;

import org.jspecify.annotations.NullMarked;
