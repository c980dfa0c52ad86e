package io.osspost.web;

import io.osspost.UploadGrants.Kind;

/** A path of ours, and the kind of grant that is asked for there. */
enum Route {
  POST_FORM(Kind.POST, "/get_post_signature_for_oss_upload"),
  PRESIGNED_PUT(Kind.PUT, "/get_presigned_url_for_oss_upload"),
  SECURITY_TOKEN(Kind.TOKEN, "/get_sts_token_for_oss_upload");

  private final Kind kind;
  private final String path;

  Route(Kind kind, String path) {
    this.kind = kind;
    this.path = path;
  }

  Kind kind() {
    return kind;
  }

  /** The path, without the prefix an operator may set. */
  String path() {
    return path;
  }
}
