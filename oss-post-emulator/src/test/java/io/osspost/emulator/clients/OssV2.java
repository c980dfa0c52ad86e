package io.osspost.emulator.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.sdk.service.oss2.OSSClient;
import com.aliyun.sdk.service.oss2.PresignOptions;
import com.aliyun.sdk.service.oss2.credentials.CredentialsProvider;
import com.aliyun.sdk.service.oss2.exceptions.ServiceException;
import com.aliyun.sdk.service.oss2.models.AbortMultipartUploadRequest;
import com.aliyun.sdk.service.oss2.models.AppendObjectRequest;
import com.aliyun.sdk.service.oss2.models.CORSConfiguration;
import com.aliyun.sdk.service.oss2.models.CORSRule;
import com.aliyun.sdk.service.oss2.models.CopyObjectRequest;
import com.aliyun.sdk.service.oss2.models.Delete;
import com.aliyun.sdk.service.oss2.models.DeleteBucketCorsRequest;
import com.aliyun.sdk.service.oss2.models.DeleteBucketRequest;
import com.aliyun.sdk.service.oss2.models.DeleteMultipleObjectsRequest;
import com.aliyun.sdk.service.oss2.models.DeleteObjectRequest;
import com.aliyun.sdk.service.oss2.models.DeletedInfo;
import com.aliyun.sdk.service.oss2.models.GetBucketAclRequest;
import com.aliyun.sdk.service.oss2.models.GetBucketCorsRequest;
import com.aliyun.sdk.service.oss2.models.GetBucketInfoRequest;
import com.aliyun.sdk.service.oss2.models.GetBucketLocationRequest;
import com.aliyun.sdk.service.oss2.models.GetObjectAclRequest;
import com.aliyun.sdk.service.oss2.models.GetObjectMetaRequest;
import com.aliyun.sdk.service.oss2.models.GetObjectRequest;
import com.aliyun.sdk.service.oss2.models.GetObjectResult;
import com.aliyun.sdk.service.oss2.models.HeadObjectRequest;
import com.aliyun.sdk.service.oss2.models.HeadObjectResult;
import com.aliyun.sdk.service.oss2.models.ListBucketsRequest;
import com.aliyun.sdk.service.oss2.models.ListMultipartUploadsRequest;
import com.aliyun.sdk.service.oss2.models.ListObjectsRequest;
import com.aliyun.sdk.service.oss2.models.ListObjectsResult;
import com.aliyun.sdk.service.oss2.models.ListObjectsV2Request;
import com.aliyun.sdk.service.oss2.models.ListObjectsV2Result;
import com.aliyun.sdk.service.oss2.models.ListPartsRequest;
import com.aliyun.sdk.service.oss2.models.ObjectIdentifier;
import com.aliyun.sdk.service.oss2.models.PutBucketAclRequest;
import com.aliyun.sdk.service.oss2.models.PutBucketCorsRequest;
import com.aliyun.sdk.service.oss2.models.PutBucketRequest;
import com.aliyun.sdk.service.oss2.models.PutObjectAclRequest;
import com.aliyun.sdk.service.oss2.models.PutObjectRequest;
import com.aliyun.sdk.service.oss2.transport.BinaryData;
import io.osspost.emulator.OssEmulator;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** alibabacloud-oss-v2, the vendor's newer client for Java. */
final class OssV2 implements Client {
  private final String version;
  private final String bucket;
  private final OssEmulator emulator;
  private final OSSClient oss;
  private final OssV2Parts parts;

  OssV2(OssEmulator emulator, String version, String bucket, CredentialsProvider keys) {
    this.version = version;
    this.bucket = bucket;
    this.emulator = emulator;
    this.oss =
        OSSClient.newBuilder()
            .endpoint(emulator.endpoint().toString())
            .region(emulator.region())
            .credentialsProvider(keys)
            .signatureVersion(version.toLowerCase(java.util.Locale.ROOT))
            .retryMaxAttempts(1)
            .build();
    this.parts = new OssV2Parts(oss, bucket);
  }

  @Override
  public String title() {
    return "alibabacloud-oss-v2 " + version;
  }

  @Override
  public void stop() throws Exception {
    oss.close();
  }

  @Override
  public Map<Row, Check> checks() {
    Map<Row, Check> checks = new EnumMap<>(Row.class);
    checks.put(Row.PUT, () -> assertThat(putHello("put 字+.txt")).isEqualTo("5981764153023615706"));
    checks.put(Row.CHUNKED, this::chunked);
    checks.put(Row.GET, this::get);
    checks.put(Row.RANGE, this::range);
    checks.put(Row.NOT_MODIFIED, this::notModified);
    checks.put(Row.HEAD, this::head);
    checks.put(Row.META, this::meta);
    checks.put(Row.COPY, this::copy);
    checks.put(Row.APPEND, this::append);
    checks.put(Row.DELETE, this::delete);
    checks.put(Row.DELETE_MANY, this::deleteMany);
    checks.put(Row.LIST, this::list);
    checks.put(Row.LIST_V2, this::listV2);
    checks.put(Row.OBJECT_ACL, this::objectAcl);
    checks.put(Row.MULTIPART, this::multipart);
    checks.put(Row.PART_COPY, this::partCopy);
    checks.put(Row.ABORT, this::abort);
    checks.put(Row.LIST_PARTS, this::listParts);
    checks.put(Row.LIST_UPLOADS, this::listUploads);
    checks.put(Row.PRESIGNED_PUT, this::presignedPut);
    checks.put(Row.PRESIGNED_GET, this::presignedGet);
    checks.put(Row.BUCKETS, this::buckets);
    checks.put(Row.BUCKET_INFO, this::bucketInfo);
    checks.put(Row.BUCKET_ACL, this::bucketAcl);
    checks.put(Row.CORS, this::cors);
    checks.put(Row.ERRORS, this::errors);
    return checks;
  }

  private void chunked() {
    oss.putObject(
        PutObjectRequest.newBuilder()
            .bucket(bucket)
            .key("chunked")
            .body(BinaryData.fromStream(Samples.trickle(Samples.bytes(300_000))))
            .build());
    assertThat(emulator.object(bucket, "chunked").orElseThrow().size()).isEqualTo(300_000);
  }

  private void get() throws Exception {
    putHello("get 字+");
    GetObjectResult result = oss.getObject(getRequest("get 字+").build());
    assertThat(text(result)).isEqualTo("hello world");
    assertThat(result.contentType()).isEqualTo("text/x-odd");
    assertThat(result.metadata()).containsEntry("author", "alice");
  }

  private void range() throws Exception {
    putHello("range");
    GetObjectResult result = oss.getObject(getRequest("range").range("bytes=6-10").build());
    assertThat(result.statusCode()).isEqualTo(206);
    assertThat(text(result)).isEqualTo("world");
  }

  private void notModified() {
    putHello("same");
    GetObjectRequest request =
        getRequest("same").ifNoneMatch("\"5EB63BBBE01EEED093CB22BB8F5ACDC3\"").build();
    assertThatThrownBy(() -> oss.getObject(request))
        .satisfies(e -> assertThat(serviceException(e).statusCode()).isEqualTo(304));
  }

  private void head() {
    putHello("head");
    HeadObjectResult result =
        oss.headObject(HeadObjectRequest.newBuilder().bucket(bucket).key("head").build());
    assertThat(result.eTag()).isEqualTo("\"5EB63BBBE01EEED093CB22BB8F5ACDC3\"");
    assertThat(result.contentLength()).isEqualTo(11);
    assertThat(result.metadata()).containsEntry("author", "alice");
  }

  private void meta() {
    putHello("meta");
    assertThat(
            oss.getObjectMeta(GetObjectMetaRequest.newBuilder().bucket(bucket).key("meta").build())
                .contentLength())
        .isEqualTo(11);
    assertThat(oss.doesObjectExist(bucket, "meta")).isTrue();
    assertThat(oss.doesObjectExist(bucket, "missing")).isFalse();
  }

  private void copy() {
    putHello("copy 字/+.txt");
    oss.copyObject(
        CopyObjectRequest.newBuilder()
            .bucket(bucket)
            .key("copied 字.txt")
            .sourceBucket(bucket)
            .sourceKey("copy 字/+.txt")
            .build());
    assertThat(emulator.object(bucket, "copied 字.txt").orElseThrow().metadata())
        .containsEntry("author", "alice");
  }

  private void append() throws Exception {
    long next = append(0, "hello ");
    append(next, "world");
    assertThat(emulator.object(bucket, "append").orElseThrow().content()).hasContent("hello world");
  }

  private void delete() {
    putHello("delete");
    oss.deleteObject(DeleteObjectRequest.newBuilder().bucket(bucket).key("delete").build());
    assertThat(emulator.object(bucket, "delete")).isEmpty();
  }

  private void deleteMany() {
    List<String> keys = List.of("many/1 字+&<.txt", "many/2");
    keys.forEach(this::putHello);
    assertThat(deleteMany(keys, false)).containsExactlyElementsOf(keys);
    deleteMany(keys, true);
    assertThat(emulator.keys(bucket)).noneMatch(key -> key.startsWith("many/"));
  }

  private void list() {
    List.of("list/1 字+", "list/2/a", "list/2/b", "list/3").forEach(this::putHello);
    var request =
        ListObjectsRequest.newBuilder().bucket(bucket).prefix("list/").delimiter("/").maxKeys(2L);
    ListObjectsResult first = oss.listObjects(request.build());
    assertThat(first.isTruncated()).isTrue();
    assertThat(first.contents().get(0).key()).isEqualTo("list/1 字+");
    assertThat(first.commonPrefixes().get(0).prefix()).isEqualTo("list/2/");
    ListObjectsResult second = oss.listObjects(request.marker(first.nextMarker()).build());
    assertThat(second.isTruncated()).isFalse();
    assertThat(second.contents().get(0).key()).isEqualTo("list/3");
  }

  private void listV2() {
    List.of("v2/1\u0001 字+", "v2/2").forEach(this::putHello);
    var request = ListObjectsV2Request.newBuilder().bucket(bucket).prefix("v2/").maxKeys(1L);
    ListObjectsV2Result first = oss.listObjectsV2(request.build());
    assertThat(first.keyCount()).isEqualTo(1);
    assertThat(first.contents().get(0).key()).isEqualTo("v2/1\u0001 字+");
    ListObjectsV2Result second =
        oss.listObjectsV2(request.continuationToken(first.nextContinuationToken()).build());
    assertThat(second.isTruncated()).isFalse();
    assertThat(second.contents().get(0).key()).isEqualTo("v2/2");
  }

  private void objectAcl() {
    putHello("acl");
    oss.putObjectAcl(
        PutObjectAclRequest.newBuilder()
            .bucket(bucket)
            .key("acl")
            .objectAcl("public-read")
            .build());
    assertThat(
            oss.getObjectAcl(GetObjectAclRequest.newBuilder().bucket(bucket).key("acl").build())
                .accessControlPolicy()
                .accessControlList()
                .grant())
        .isEqualTo("public-read");
  }

  private void multipart() {
    String id = parts.begin("multipart 字+");
    String second = parts.part("multipart 字+", id, 2, "hello");
    String first = parts.part("multipart 字+", id, 1, "A".repeat(102400));
    parts.complete("multipart 字+", id, first, second);
    assertThat(emulator.object(bucket, "multipart 字+").orElseThrow().etag())
        .isEqualTo('"' + Samples.MULTIPART_TAG + '"');
    assertThat(emulator.object(bucket, "multipart 字+").orElseThrow().crc64())
        .isEqualTo(Samples.MULTIPART_CRC64);
  }

  private void partCopy() {
    put("source", BinaryData.fromString("A".repeat(102400) + "hello"));
    String id = parts.begin("part-copy");
    parts.complete(
        "part-copy",
        id,
        parts.copied(id, 1, "bytes=0-102399"),
        parts.copied(id, 2, "bytes=102400-102404"));
    assertThat(emulator.object(bucket, "part-copy").orElseThrow().crc64())
        .isEqualTo(Samples.MULTIPART_CRC64);
  }

  private void abort() {
    String id = parts.begin("abort");
    parts.part("abort", id, 1, "hello");
    oss.abortMultipartUpload(
        AbortMultipartUploadRequest.newBuilder().bucket(bucket).key("abort").uploadId(id).build());
    assertRefused("NoSuchUpload", "0042-00000104", () -> parts.part("abort", id, 2, "hello"));
  }

  private void listParts() {
    String id = parts.begin("list-parts");
    parts.part("list-parts", id, 3, "hello");
    parts.part("list-parts", id, 7, "hello");
    var request =
        ListPartsRequest.newBuilder().bucket(bucket).key("list-parts").uploadId(id).maxParts(1L);
    var first = oss.listParts(request.build());
    assertThat(first.parts().get(0).partNumber()).isEqualTo(3);
    var second = oss.listParts(request.partNumberMarker(first.nextPartNumberMarker()).build());
    assertThat(second.parts().get(0).partNumber()).isEqualTo(7);
    assertThat(second.isTruncated()).isFalse();
  }

  private void listUploads() {
    String id = parts.begin("uploads/字");
    var result =
        oss.listMultipartUploads(
            ListMultipartUploadsRequest.newBuilder().bucket(bucket).prefix("uploads/").build());
    assertThat(result.uploads()).singleElement().extracting("key").isEqualTo("uploads/字");
    assertThat(result.uploads()).singleElement().extracting("uploadId").isEqualTo(id);
  }

  private void presignedPut() throws Exception {
    var presigned =
        oss.presign(
            PutObjectRequest.newBuilder()
                .bucket(bucket)
                .key("presigned 字+")
                .contentType("text/plain")
                .build(),
            PresignOptions.newBuilder().expiration(Duration.ofMinutes(10)).build());
    assertThat(Samples.put(URI.create(presigned.url()).toURL(), "text/plain")).isEqualTo(200);
    assertThat(Samples.put(URI.create(presigned.url()).toURL(), "text/html")).isEqualTo(403);
  }

  private void presignedGet() throws Exception {
    putHello("presigned-get");
    var presigned =
        oss.presign(
            getRequest("presigned-get").build(),
            PresignOptions.newBuilder().expiration(Duration.ofMinutes(10)).build());
    try (InputStream in = URI.create(presigned.url()).toURL().openStream()) {
      assertThat(in).hasContent("hello world");
    }
  }

  private void buckets() {
    String name = "made-by-" + bucket;
    oss.putBucket(PutBucketRequest.newBuilder().bucket(name).build());
    var list = oss.listBuckets(ListBucketsRequest.newBuilder().prefix(name).build());
    assertThat(list.buckets()).singleElement().extracting("name").isEqualTo(name);
    oss.deleteBucket(DeleteBucketRequest.newBuilder().bucket(name).build());
    assertThat(oss.doesBucketExist(GetBucketAclRequest.newBuilder().bucket(name).build()))
        .isFalse();
  }

  private void bucketInfo() {
    assertThat(
            oss.getBucketInfo(GetBucketInfoRequest.newBuilder().bucket(bucket).build())
                .bucketInfo()
                .name())
        .isEqualTo(bucket);
    assertThat(
            oss.getBucketLocation(GetBucketLocationRequest.newBuilder().bucket(bucket).build())
                .locationConstraint())
        .isEqualTo("oss-cn-hangzhou");
  }

  private void bucketAcl() {
    oss.putBucketAcl(PutBucketAclRequest.newBuilder().bucket(bucket).acl("public-read").build());
    assertThat(
            oss.getBucketAcl(GetBucketAclRequest.newBuilder().bucket(bucket).build())
                .accessControlPolicy()
                .accessControlList()
                .grant())
        .isEqualTo("public-read");
  }

  private void cors() {
    CORSRule rule =
        CORSRule.newBuilder()
            .allowedOrigins(List.of("https://example.com"))
            .allowedMethods(List.of("GET", "PUT"))
            .allowedHeaders(List.of("*"))
            .exposeHeaders(List.of("ETag"))
            .maxAgeSeconds(60L)
            .build();
    oss.putBucketCors(
        PutBucketCorsRequest.newBuilder()
            .bucket(bucket)
            .corsConfiguration(
                CORSConfiguration.newBuilder().corsRules(List.of(rule)).responseVary(true).build())
            .build());
    var read = oss.getBucketCors(GetBucketCorsRequest.newBuilder().bucket(bucket).build());
    assertThat(read.corsConfiguration().corsRules())
        .singleElement()
        .usingRecursiveComparison()
        .isEqualTo(rule);
    assertThat(read.corsConfiguration().responseVary()).isTrue();
    oss.deleteBucketCors(DeleteBucketCorsRequest.newBuilder().bucket(bucket).build());
    assertRefused(
        "NoSuchCORSConfiguration",
        "0034-00000001",
        () -> oss.getBucketCors(GetBucketCorsRequest.newBuilder().bucket(bucket).build()));
  }

  private void errors() {
    assertRefused(
        "NoSuchBucket",
        "0015-00000101",
        () ->
            oss.headObject(
                HeadObjectRequest.newBuilder().bucket("no-such-bucket").key("a").build()));
  }

  private List<String> deleteMany(List<String> keys, boolean quiet) {
    List<ObjectIdentifier> objects =
        keys.stream().map(key -> ObjectIdentifier.newBuilder().key(key).build()).toList();
    Delete delete = Delete.newBuilder().objects(objects).quiet(quiet).build();
    var deleted =
        oss.deleteMultipleObjects(
                DeleteMultipleObjectsRequest.newBuilder().bucket(bucket).delete(delete).build())
            .deletedObjects();
    return deleted == null ? List.of() : deleted.stream().map(DeletedInfo::key).toList();
  }

  private String putHello(String key) {
    return put(key, BinaryData.fromString("hello world"));
  }

  private String put(String key, BinaryData body) {
    return oss.putObject(
            PutObjectRequest.newBuilder()
                .bucket(bucket)
                .key(key)
                .contentType("text/x-odd")
                .metadata(Map.of("author", "alice"))
                .body(body)
                .build())
        .hashCrc64ecma();
  }

  private long append(long position, String text) {
    return oss.appendObject(
            AppendObjectRequest.newBuilder()
                .bucket(bucket)
                .key("append")
                .position(position)
                .body(BinaryData.fromString(text))
                .build())
        .nextAppendPosition();
  }

  private GetObjectRequest.Builder getRequest(String key) {
    return GetObjectRequest.newBuilder().bucket(bucket).key(key);
  }

  private static String text(GetObjectResult result) throws Exception {
    try (InputStream in = result.body()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static void assertRefused(String code, String ec, ThrowingCallable call) {
    assertThatThrownBy(call)
        .satisfies(
            e -> {
              assertThat(serviceException(e).errorCode()).isEqualTo(code);
              assertThat(serviceException(e).ec()).isEqualTo(ec);
            });
  }

  private static ServiceException serviceException(Throwable e) {
    ServiceException found = ServiceException.asCause(e);
    if (found == null) {
      throw new AssertionError("not a refusal", e);
    }
    return found;
  }
}
