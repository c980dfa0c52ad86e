/** The vendor's client, sharing bucket address and credentials with the endpoints. */
@NullMarked
package io.osspost.spring.client;

import org.jspecify.annotations.NullMarked;
