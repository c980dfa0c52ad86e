package io.osspost.callback;

/**
 * OSS's facts about an uploaded image.
 *
 * @param width in pixels
 * @param height in pixels
 * @param format such as {@code jpg}
 */
public record UploadedImage(int width, int height, String format) {}
