package io.osspost.client;

import java.util.Optional;

/**
 * One part of an upload as OSS lists it.
 *
 * @param number 1 to 10000
 * @param size in bytes
 * @param etag with its quotes, as it is sent back to complete the upload
 * @param crc64 of the part, in decimal digits, if OSS tells it
 */
public record StoredPart(int number, long size, String etag, Optional<String> crc64) {}
