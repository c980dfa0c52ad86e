package io.osspost.web;

import io.osspost.GrantKind;

/** A path of the endpoints, and the kind of grant that it returns. */
enum Route {
  POST_FORM(GrantKind.POST, "/get_post_signature_for_oss_upload"),
  PRESIGNED_PUT(GrantKind.PUT, "/get_presigned_url_for_oss_upload"),
  SECURITY_TOKEN(GrantKind.TOKEN, "/get_sts_token_for_oss_upload");

  private final GrantKind kind;
  private final String path;

  Route(GrantKind kind, String path) {
    this.kind = kind;
    this.path = path;
  }

  GrantKind kind() {
    return kind;
  }

  /** The path, without the prefix that an operator may set. */
  String path() {
    return path;
  }
}
