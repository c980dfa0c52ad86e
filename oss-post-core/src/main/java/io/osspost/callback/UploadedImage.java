package io.osspost.callback;

/**
 * The properties of an uploaded image, as OSS reports them.
 *
 * @param width in pixels
 * @param height in pixels
 * @param format such as {@code jpg}
 */
public record UploadedImage(int width, int height, String format) {}
