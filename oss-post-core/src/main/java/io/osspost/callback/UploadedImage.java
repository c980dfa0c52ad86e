package io.osspost.callback;

/**
 * The properties of an uploaded image, as OSS reports them in its callback. Unverified: the server
 * cannot compare them with the object.
 *
 * @param width in pixels
 * @param height in pixels
 * @param format such as {@code jpg}
 */
public record UploadedImage(int width, int height, String format) {}
