package io.osspost.emulator.clients;

import com.aliyun.sdk.service.oss2.OSSClient;
import com.aliyun.sdk.service.oss2.models.CompleteMultipartUpload;
import com.aliyun.sdk.service.oss2.models.CompleteMultipartUploadRequest;
import com.aliyun.sdk.service.oss2.models.InitiateMultipartUploadRequest;
import com.aliyun.sdk.service.oss2.models.Part;
import com.aliyun.sdk.service.oss2.models.UploadPartCopyRequest;
import com.aliyun.sdk.service.oss2.models.UploadPartRequest;
import com.aliyun.sdk.service.oss2.transport.BinaryData;
import java.util.List;

/** The steps of an upload in parts with version 2 of the vendor's client. */
record OssV2Parts(OSSClient oss, String bucket) {
  String begin(String key) {
    return oss.initiateMultipartUpload(
            InitiateMultipartUploadRequest.newBuilder().bucket(bucket).key(key).build())
        .initiateMultipartUpload()
        .uploadId();
  }

  String part(String key, String id, long number, String content) {
    return oss.uploadPart(
            UploadPartRequest.newBuilder()
                .bucket(bucket)
                .key(key)
                .uploadId(id)
                .partNumber(number)
                .body(BinaryData.fromString(content))
                .build())
        .eTag();
  }

  String copied(String id, long number, String range) {
    return oss.uploadPartCopy(
            UploadPartCopyRequest.newBuilder()
                .bucket(bucket)
                .key("part-copy")
                .sourceBucket(bucket)
                .sourceKey("source")
                .copySourceRange(range)
                .uploadId(id)
                .partNumber(number)
                .build())
        .copyPartResult()
        .eTag();
  }

  void complete(String key, String id, String firstTag, String secondTag) {
    List<Part> parts =
        List.of(
            Part.newBuilder().partNumber(1L).eTag(firstTag).build(),
            Part.newBuilder().partNumber(2L).eTag(secondTag).build());
    oss.completeMultipartUpload(
        CompleteMultipartUploadRequest.newBuilder()
            .bucket(bucket)
            .key(key)
            .uploadId(id)
            .completeMultipartUpload(CompleteMultipartUpload.newBuilder().parts(parts).build())
            .build());
  }
}
