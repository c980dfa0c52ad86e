/**
 * The upload grant endpoints in Spring Boot.
 *
 * <p>Start at {@link io.osspost.spring.OssPostEndpointsAutoConfiguration}; the properties are in
 * {@link io.osspost.spring.OssPostProperties}. Wiring only: every decision is made in
 * oss-post-core.
 */
@NullMarked
package io.osspost.spring;

import org.jspecify.annotations.NullMarked;
