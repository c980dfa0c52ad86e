package io.osspost.emulator.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.oss.ClientBuilderConfiguration;
import com.aliyun.oss.HttpMethod;
import com.aliyun.oss.OSS;
import com.aliyun.oss.OSSClientBuilder;
import com.aliyun.oss.OSSException;
import com.aliyun.oss.common.auth.Credentials;
import com.aliyun.oss.common.auth.DefaultCredentialProvider;
import com.aliyun.oss.common.comm.SignVersion;
import com.aliyun.oss.model.AppendObjectRequest;
import com.aliyun.oss.model.CannedAccessControlList;
import com.aliyun.oss.model.CompleteMultipartUploadRequest;
import com.aliyun.oss.model.CopyObjectRequest;
import com.aliyun.oss.model.DeleteObjectsRequest;
import com.aliyun.oss.model.GeneratePresignedUrlRequest;
import com.aliyun.oss.model.GetObjectRequest;
import com.aliyun.oss.model.InitiateMultipartUploadRequest;
import com.aliyun.oss.model.ListMultipartUploadsRequest;
import com.aliyun.oss.model.ListObjectsRequest;
import com.aliyun.oss.model.ListObjectsV2Request;
import com.aliyun.oss.model.ListObjectsV2Result;
import com.aliyun.oss.model.ListPartsRequest;
import com.aliyun.oss.model.OSSObject;
import com.aliyun.oss.model.ObjectListing;
import com.aliyun.oss.model.ObjectMetadata;
import com.aliyun.oss.model.ObjectPermission;
import com.aliyun.oss.model.PartETag;
import com.aliyun.oss.model.PolicyConditions;
import com.aliyun.oss.model.PutObjectRequest;
import com.aliyun.oss.model.SetBucketCORSRequest;
import com.aliyun.oss.model.SetBucketCORSRequest.CORSRule;
import com.aliyun.oss.model.UploadPartCopyRequest;
import com.aliyun.oss.model.UploadPartRequest;
import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.testing.RawHttp;
import io.osspost.emulator.testing.TestForm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** aliyun-sdk-oss, the usual client of Java servers. */
final class AliyunSdk implements Client {
  private final SignVersion version;
  private final String bucket;
  private final OssEmulator emulator;
  private final Credentials keys;
  private final OSS oss;

  AliyunSdk(
      OssEmulator emulator, SignVersion version, String bucket, DefaultCredentialProvider keys) {
    this.version = version;
    this.bucket = bucket;
    this.emulator = emulator;
    this.keys = keys.getCredentials();
    ClientBuilderConfiguration configuration = new ClientBuilderConfiguration();
    configuration.setSignatureVersion(version);
    this.oss =
        OSSClientBuilder.create()
            .endpoint(emulator.endpoint().toString())
            .region(emulator.region())
            .credentialsProvider(keys)
            .clientConfiguration(configuration)
            .build();
  }

  @Override
  public String title() {
    return "aliyun-sdk-oss " + version;
  }

  @Override
  public void stop() {
    oss.shutdown();
  }

  @Override
  public Map<Row, Check> checks() {
    Map<Row, Check> checks = new EnumMap<>(Row.class);
    checks.put(Row.PUT, this::put);
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
    checks.put(Row.POST_FORM, this::postForm);
    checks.put(Row.BUCKETS, this::buckets);
    checks.put(Row.BUCKET_INFO, this::bucketInfo);
    checks.put(Row.BUCKET_ACL, this::bucketAcl);
    checks.put(Row.CORS, this::cors);
    checks.put(Row.ERRORS, this::errors);
    return checks;
  }

  private void put() {
    oss.putObject(bucket, "put 字+.txt", stream("hello world"));
    assertThat(emulator.object(bucket, "put 字+.txt").orElseThrow().crc64())
        .isEqualTo("5981764153023615706");
  }

  /** Without a length the client sends chunks. */
  private void chunked() {
    byte[] content = Samples.bytes(300_000);
    oss.putObject(bucket, "chunked", Samples.trickle(content));
    assertThat(emulator.object(bucket, "chunked").orElseThrow().size()).isEqualTo(300_000);
  }

  private void get() throws IOException {
    ObjectMetadata metadata = new ObjectMetadata();
    metadata.setContentType("text/x-odd");
    metadata.addUserMetadata("Author", "alice");
    oss.putObject(new PutObjectRequest(bucket, "get", stream("hello world"), metadata));
    OSSObject object = oss.getObject(bucket, "get");
    assertThat(text(object)).isEqualTo("hello world");
    assertThat(object.getObjectMetadata().getContentType()).isEqualTo("text/x-odd");
    assertThat(object.getObjectMetadata().getUserMetadata()).containsEntry("author", "alice");
  }

  private void range() throws IOException {
    oss.putObject(bucket, "range", stream("hello world"));
    GetObjectRequest request = new GetObjectRequest(bucket, "range");
    request.setRange(6, 10);
    assertThat(text(oss.getObject(request))).isEqualTo("world");
  }

  private void notModified() {
    oss.putObject(bucket, "same", stream("hello world"));
    GetObjectRequest request = new GetObjectRequest(bucket, "same");
    request.setNonmatchingETagConstraints(List.of("5EB63BBBE01EEED093CB22BB8F5ACDC3"));
    assertThatThrownBy(() -> oss.getObject(request))
        .isInstanceOfSatisfying(
            OSSException.class, e -> assertThat(e.getErrorCode()).isEqualTo("NotModified"));
  }

  private void head() {
    oss.putObject(bucket, "head", stream("hello world"));
    ObjectMetadata metadata = oss.getObjectMetadata(bucket, "head");
    assertThat(metadata.getETag()).isEqualTo("5EB63BBBE01EEED093CB22BB8F5ACDC3");
    assertThat(metadata.getContentLength()).isEqualTo(11);
  }

  private void meta() {
    oss.putObject(bucket, "meta", stream("hello world"));
    assertThat(oss.getSimplifiedObjectMeta(bucket, "meta").getSize()).isEqualTo(11);
    assertThat(oss.doesObjectExist(bucket, "meta")).isTrue();
    assertThat(oss.doesObjectExist(bucket, "missing")).isFalse();
  }

  private void copy() throws IOException {
    oss.putObject(bucket, "copy 字/+.txt", stream("hello world"));
    oss.copyObject(bucket, "copy 字/+.txt", bucket, "copied 字.txt");
    assertThat(text(oss.getObject(bucket, "copied 字.txt"))).isEqualTo("hello world");
    CopyObjectRequest other = new CopyObjectRequest(bucket, "copied 字.txt", bucket, "copied 字.txt");
    ObjectMetadata metadata = new ObjectMetadata();
    metadata.setContentType("text/x-new");
    other.setNewObjectMetadata(metadata);
    oss.copyObject(other);
    assertThat(emulator.object(bucket, "copied 字.txt").orElseThrow().contentType())
        .isEqualTo("text/x-new");
  }

  private void append() throws IOException {
    AppendObjectRequest first = new AppendObjectRequest(bucket, "append", stream("hello "));
    long next = oss.appendObject(first.withPosition(0L)).getNextPosition();
    AppendObjectRequest second = new AppendObjectRequest(bucket, "append", stream("world"));
    oss.appendObject(second.withPosition(next));
    assertThat(text(oss.getObject(bucket, "append"))).isEqualTo("hello world");
  }

  private void delete() {
    oss.putObject(bucket, "delete", stream("hello world"));
    oss.deleteObject(bucket, "delete");
    oss.deleteObject(bucket, "delete");
    assertThat(emulator.object(bucket, "delete")).isEmpty();
  }

  private void deleteMany() {
    List<String> keys = List.of("many/1 字+&<.txt", "many/2", "many/missing");
    oss.putObject(bucket, keys.get(0), stream("1"));
    oss.putObject(bucket, keys.get(1), stream("2"));
    assertThat(
            oss.deleteObjects(new DeleteObjectsRequest(bucket).withKeys(keys)).getDeletedObjects())
        .containsExactlyElementsOf(keys);
    oss.deleteObjects(new DeleteObjectsRequest(bucket).withKeys(keys).withQuiet(true));
    assertThat(emulator.keys(bucket)).noneMatch(key -> key.startsWith("many/"));
  }

  private void list() {
    for (String key : List.of("list/1 字+", "list/2/a", "list/2/b", "list/3")) {
      oss.putObject(bucket, key, stream(key));
    }
    ListObjectsRequest request =
        new ListObjectsRequest(bucket).withPrefix("list/").withDelimiter("/").withMaxKeys(2);
    ObjectListing first = oss.listObjects(request);
    assertThat(first.isTruncated()).isTrue();
    assertThat(first.getObjectSummaries().get(0).getKey()).isEqualTo("list/1 字+");
    assertThat(first.getCommonPrefixes()).containsExactly("list/2/");
    ObjectListing second = oss.listObjects(request.withMarker(first.getNextMarker()));
    assertThat(second.isTruncated()).isFalse();
    assertThat(second.getObjectSummaries().get(0).getKey()).isEqualTo("list/3");
    assertThat(second.getCommonPrefixes()).isEmpty();
  }

  private void listV2() {
    oss.putObject(bucket, "v2/1 字+", stream("1"));
    oss.putObject(bucket, "v2/2", stream("2"));
    ListObjectsV2Request request = new ListObjectsV2Request(bucket).withPrefix("v2/");
    request.setMaxKeys(1);
    ListObjectsV2Result first = oss.listObjectsV2(request);
    assertThat(first.getKeyCount()).isEqualTo(1);
    assertThat(first.getObjectSummaries().get(0).getKey()).isEqualTo("v2/1 字+");
    request.setContinuationToken(first.getNextContinuationToken());
    ListObjectsV2Result second = oss.listObjectsV2(request);
    assertThat(second.isTruncated()).isFalse();
    assertThat(second.getObjectSummaries().get(0).getKey()).isEqualTo("v2/2");
  }

  private void objectAcl() {
    oss.putObject(bucket, "acl", stream("hello"));
    assertThat(oss.getObjectAcl(bucket, "acl").getPermission()).isEqualTo(ObjectPermission.Default);
    oss.setObjectAcl(bucket, "acl", CannedAccessControlList.PublicRead);
    assertThat(oss.getObjectAcl(bucket, "acl").getPermission())
        .isEqualTo(ObjectPermission.PublicRead);
  }

  private void multipart() {
    String id = begin("multipart 字+");
    List<PartETag> parts =
        List.of(
            part("multipart 字+", id, 2, "hello"),
            part("multipart 字+", id, 1, "replaced"),
            part("multipart 字+", id, 1, "A".repeat(102400)));
    assertThat(
            oss.completeMultipartUpload(
                    new CompleteMultipartUploadRequest(
                        bucket, "multipart 字+", id, mutable(parts.get(2), parts.get(0))))
                .getETag())
        .isEqualTo(Samples.MULTIPART_TAG);
    assertThat(emulator.object(bucket, "multipart 字+").orElseThrow().crc64())
        .isEqualTo(Samples.MULTIPART_CRC64);
  }

  private void partCopy() {
    oss.putObject(bucket, "source", stream("A".repeat(102400) + "hello"));
    String id = begin("part-copy");
    List<PartETag> parts = mutable(copied(id, 1, 0, 102400), copied(id, 2, 102400, 5));
    oss.completeMultipartUpload(new CompleteMultipartUploadRequest(bucket, "part-copy", id, parts));
    assertThat(emulator.object(bucket, "part-copy").orElseThrow().crc64())
        .isEqualTo(Samples.MULTIPART_CRC64);
  }

  private void abort() {
    String id = begin("abort");
    part("abort", id, 1, "hello");
    oss.abortMultipartUpload(
        new com.aliyun.oss.model.AbortMultipartUploadRequest(bucket, "abort", id));
    assertThatThrownBy(() -> part("abort", id, 2, "hello"))
        .isInstanceOfSatisfying(
            OSSException.class, e -> assertThat(e.getErrorCode()).isEqualTo("NoSuchUpload"));
  }

  private void listParts() {
    String id = begin("list-parts");
    part("list-parts", id, 3, "hello");
    part("list-parts", id, 7, "hello");
    ListPartsRequest request = new ListPartsRequest(bucket, "list-parts", id);
    request.setMaxParts(1);
    assertThat(oss.listParts(request).getParts().get(0).getPartNumber()).isEqualTo(3);
    assertThat(oss.listParts(request).isTruncated()).isTrue();
    request.setPartNumberMarker(oss.listParts(request).getNextPartNumberMarker());
    assertThat(oss.listParts(request).getParts().get(0).getPartNumber()).isEqualTo(7);
    assertThat(oss.listParts(request).isTruncated()).isFalse();
  }

  private void listUploads() {
    List<String> ids = List.of(begin("uploads/1"), begin("uploads/2"));
    ListMultipartUploadsRequest request = new ListMultipartUploadsRequest(bucket);
    request.setPrefix("uploads/");
    request.setMaxUploads(1);
    var first = oss.listMultipartUploads(request);
    assertThat(first.getMultipartUploads().get(0).getUploadId()).isEqualTo(ids.get(0));
    request.setKeyMarker(first.getNextKeyMarker());
    request.setUploadIdMarker(first.getNextUploadIdMarker());
    var second = oss.listMultipartUploads(request);
    assertThat(second.getMultipartUploads().get(0).getUploadId()).isEqualTo(ids.get(1));
    assertThat(second.isTruncated()).isFalse();
  }

  private void presignedPut() throws IOException {
    GeneratePresignedUrlRequest request =
        new GeneratePresignedUrlRequest(bucket, "presigned 字+", HttpMethod.PUT);
    request.setExpiration(inTenMinutes());
    request.setContentType("text/plain");
    java.net.URL url = oss.generatePresignedUrl(request);
    assertThat(Samples.put(url, "text/plain")).isEqualTo(200);
    assertThat(Samples.put(url, "text/html")).isEqualTo(403);
  }

  private void presignedGet() throws IOException {
    oss.putObject(bucket, "presigned-get", stream("hello world"));
    try (InputStream in =
        oss.generatePresignedUrl(bucket, "presigned-get", inTenMinutes()).openStream()) {
      assertThat(in).hasContent("hello world");
    }
  }

  /** The client signs V4 but leaves its conditions to its caller. */
  private void postForm() throws IOException {
    Instant now = Instant.now();
    TestForm form = new TestForm();
    form.fields.clear();
    form.with("key", "form");
    if (version == SignVersion.V4) {
      String date =
          DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC).format(now);
      String scope = date.substring(0, 8) + "/cn-hangzhou/oss/aliyun_v4_request";
      form.with("x-oss-signature-version", "OSS4-HMAC-SHA256")
          .with("x-oss-credential", keys.getAccessKeyId() + "/" + scope)
          .with("x-oss-date", date);
    } else {
      form.with("OSSAccessKeyId", keys.getAccessKeyId())
          .with("x-oss-security-token", keys.getSecurityToken());
    }
    PolicyConditions conditions = new PolicyConditions();
    conditions.addConditionItem("bucket", bucket);
    form.fields.forEach(conditions::addConditionItem);
    String policy = oss.generatePostPolicy(inTenMinutes(), conditions);
    form.with("policy", Base64.getEncoder().encodeToString(policy.getBytes(UTF_8)));
    if (version == SignVersion.V4) {
      form.with("x-oss-signature", oss.calculatePostSignature(policy, Date.from(now)));
    } else {
      form.with("signature", oss.calculatePostSignature(policy));
    }
    RawHttp.Answer answer = RawHttp.post(emulator.endpoint(), "/" + bucket + "/", form);
    assertThat(answer.status()).as(answer.body()).isEqualTo(204);
  }

  private void buckets() {
    String name = "made-by-" + bucket;
    oss.createBucket(name);
    assertThat(oss.listBuckets()).anyMatch(found -> found.getName().equals(name));
    assertThat(oss.doesBucketExist(name)).isTrue();
    oss.putObject(name, "a", stream("a"));
    assertThatThrownBy(() -> oss.deleteBucket(name))
        .isInstanceOfSatisfying(
            OSSException.class, e -> assertThat(e.getErrorCode()).isEqualTo("BucketNotEmpty"));
    oss.deleteObject(name, "a");
    oss.deleteBucket(name);
    assertThat(oss.doesBucketExist(name)).isFalse();
  }

  private void bucketInfo() {
    assertThat(oss.getBucketInfo(bucket).getBucket().getName()).isEqualTo(bucket);
    assertThat(oss.getBucketLocation(bucket)).isEqualTo("oss-cn-hangzhou");
  }

  private void bucketAcl() {
    oss.setBucketAcl(bucket, CannedAccessControlList.PublicReadWrite);
    assertThat(oss.getBucketAcl(bucket).getCannedACL())
        .isEqualTo(CannedAccessControlList.PublicReadWrite);
    oss.setBucketAcl(bucket, CannedAccessControlList.Private);
  }

  private void cors() {
    CORSRule rule = new CORSRule();
    rule.setAllowedOrigins(List.of("https://example.com"));
    rule.setAllowedMethods(List.of("GET", "PUT"));
    rule.setAllowedHeaders(List.of("*"));
    rule.setExposeHeaders(List.of("ETag"));
    rule.setMaxAgeSeconds(60);
    SetBucketCORSRequest request = new SetBucketCORSRequest(bucket);
    request.setCorsRules(List.of(rule));
    oss.setBucketCORS(request);
    assertThat(oss.getBucketCORSRules(bucket))
        .singleElement()
        .usingRecursiveComparison()
        .isEqualTo(rule);
    oss.deleteBucketCORSRules(bucket);
    assertThatThrownBy(() -> oss.getBucketCORSRules(bucket))
        .isInstanceOfSatisfying(
            OSSException.class,
            e -> assertThat(e.getErrorCode()).isEqualTo("NoSuchCORSConfiguration"));
  }

  private void errors() {
    assertThatThrownBy(() -> oss.getObjectMetadata("no-such-bucket", "a"))
        .isInstanceOfSatisfying(
            OSSException.class,
            e -> {
              assertThat(e.getErrorCode()).isEqualTo("NoSuchBucket");
              assertThat(e.getEC()).isEqualTo("0015-00000101");
            });
  }

  private String begin(String key) {
    return oss.initiateMultipartUpload(new InitiateMultipartUploadRequest(bucket, key))
        .getUploadId();
  }

  private PartETag part(String key, String id, int number, String content) {
    UploadPartRequest request =
        new UploadPartRequest(bucket, key, id, number, stream(content), content.length());
    return oss.uploadPart(request).getPartETag();
  }

  private PartETag copied(String id, int number, long from, long length) {
    UploadPartCopyRequest request =
        new UploadPartCopyRequest(bucket, "source", bucket, "part-copy");
    request.setUploadId(id);
    request.setPartNumber(number);
    request.setBeginIndex(from);
    request.setPartSize(length);
    return oss.uploadPartCopy(request).getPartETag();
  }

  /** The client sorts the given list. */
  private static List<PartETag> mutable(PartETag... parts) {
    return new ArrayList<>(List.of(parts));
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static String text(OSSObject object) throws IOException {
    try (InputStream in = object.getObjectContent()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static Date inTenMinutes() {
    return Date.from(Instant.now().plusSeconds(600));
  }
}
