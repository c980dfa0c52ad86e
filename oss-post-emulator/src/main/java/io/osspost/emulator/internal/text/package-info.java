/** Texts for messages. Independent of OSS and HTTP. */
@NullMarked
package io.osspost.emulator.internal.text;

import org.jspecify.annotations.NullMarked;
