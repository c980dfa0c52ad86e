package io.osspost.web;

/** A path of the endpoints, and the step of an upload in parts that it does. */
enum MultipartStep {
  START("/oss_multipart_upload/start"),
  SIGN("/oss_multipart_upload/sign"),
  PARTS("/oss_multipart_upload/parts"),
  COMPLETE("/oss_multipart_upload/complete"),
  ABORT("/oss_multipart_upload/abort");

  private final String path;

  MultipartStep(String path) {
    this.path = path;
  }

  /** The path, without the prefix that an operator may set. */
  String path() {
    return path;
  }
}
