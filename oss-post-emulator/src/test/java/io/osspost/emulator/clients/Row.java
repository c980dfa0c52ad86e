package io.osspost.emulator.clients;

/** A row of CONFORMANCE.md: an action of a client. */
enum Row {
  PUT("PutObject"),
  CHUNKED("PutObject from a stream of unknown length"),
  GET("GetObject"),
  RANGE("GetObject, a range"),
  NOT_MODIFIED("`If-None-Match`"),
  HEAD("HeadObject"),
  META("GetObjectMeta"),
  COPY("CopyObject"),
  APPEND("AppendObject"),
  DELETE("DeleteObject"),
  DELETE_MANY("DeleteMultipleObjects"),
  LIST("ListObjects, page by page"),
  LIST_V2("ListObjectsV2, page by page"),
  OBJECT_ACL("PutObjectACL, GetObjectACL"),
  MULTIPART("InitiateMultipartUpload, UploadPart, CompleteMultipartUpload"),
  PART_COPY("UploadPartCopy"),
  ABORT("AbortMultipartUpload"),
  LIST_PARTS("ListParts"),
  LIST_UPLOADS("ListMultipartUploads"),
  PRESIGNED_PUT("presigned PUT"),
  PRESIGNED_GET("presigned GET"),
  POST_FORM("PostObject with the client's signature"),
  BUCKETS("PutBucket, ListBuckets, DeleteBucket"),
  BUCKET_INFO("GetBucketInfo, GetBucketLocation"),
  BUCKET_ACL("PutBucketAcl, GetBucketAcl"),
  CORS("PutBucketCors, GetBucketCors, DeleteBucketCors"),
  ERRORS("errors arrive with code and EC");

  private final String title;

  Row(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
