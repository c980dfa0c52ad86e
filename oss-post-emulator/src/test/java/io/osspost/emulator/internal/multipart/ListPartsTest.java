package io.osspost.emulator.internal.multipart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.oss.OSS;
import com.aliyun.oss.OSSClientBuilder;
import com.aliyun.oss.common.auth.DefaultCredentialProvider;
import com.aliyun.oss.model.CompleteMultipartUploadRequest;
import com.aliyun.oss.model.InitiateMultipartUploadRequest;
import com.aliyun.oss.model.ListPartsRequest;
import com.aliyun.oss.model.PartETag;
import com.aliyun.oss.model.PartListing;
import com.aliyun.oss.model.PartSummary;
import com.aliyun.oss.model.UploadPartRequest;
import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.testing.RawHttp.Answer;
import io.osspost.emulator.testing.SignedRequest;
import io.osspost.emulator.testing.TestForm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages of ListParts, over HTTP and as the vendor's client reads them. */
class ListPartsTest {
  private static final String HELLO_TAG = "5D41402ABC4B2A76B9719D911017C592";
  private static final Pattern NUMBER = Pattern.compile("<PartNumber>([0-9]+)</PartNumber>");

  private OssEmulator oss;

  @BeforeEach
  void start() {
    oss = TestForm.emulator().inMemory().start();
  }

  @AfterEach
  void stop() {
    oss.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "-    | -     | 2 5 9 10000 | 0     | 10000 | 1000 | false",
        "3    | -     | 2 5 9       | 0     | 9     | 3    | true",
        "4    | -     | 2 5 9 10000 | 0     | 10000 | 4    | false",
        "2    | 2     | 5 9         | 2     | 9     | 2    | true",
        "2    | 4     | 5 9         | 4     | 9     | 2    | true",
        "2    | 5     | 9 10000     | 5     | 10000 | 2    | false",
        "1    | 9     | 10000       | 9     | 10000 | 1    | false",
        "-    | 10000 | -           | 10000 | 0     | 1000 | false",
        "0    | -     | -           | 0     | 0     | 0    | false",
        "1000 | 0     | 2 5 9 10000 | 0     | 10000 | 1000 | false",
      })
  void pageHasItsPartsAndTheNextMarker(
      String most,
      String marker,
      String numbers,
      String ownMarker,
      String nextMarker,
      String ownMost,
      String truncated)
      throws IOException {
    String id = begin("a.txt");
    for (int number : new int[] {9, 2, 10000, 5}) {
      part("a.txt", id, number);
    }
    Answer page = list("a.txt", id, most, marker);
    assertThat(page.status()).as(page.body()).isEqualTo(200);
    assertThat(numbers(page)).isEqualTo(numbers == null ? "" : numbers);
    assertThat(page.member("PartNumberMarker")).isEqualTo(ownMarker);
    assertThat(page.member("NextPartNumberMarker")).isEqualTo(nextMarker);
    assertThat(page.member("MaxParts")).isEqualTo(ownMost);
    assertThat(page.member("IsTruncated")).isEqualTo(truncated);
  }

  @Test
  void partHasItsSizeTagAndChecksum() throws IOException {
    String id = begin("a.txt");
    part("a.txt", id, 3);
    Answer page = list("a.txt", id, null, null);
    assertThat(page.member("Part").replaceAll("\\s", ""))
        .matches(
            "<PartNumber>3</PartNumber><LastModified>2024-03-15T[0-9:.]+Z</LastModified>"
                + "<ETag>(\"|&quot;)"
                + HELLO_TAG
                + "(\"|&quot;)</ETag><HashCrc64ecma>[0-9]+</HashCrc64ecma><Size>5</Size>");
  }

  @ParameterizedTest
  @CsvSource({
    "max-parts, 1001",
    "max-parts, -1",
    "max-parts, ten",
    "part-number-marker, -1",
    "part-number-marker, ten",
    "part-number-marker, 10001",
    "part-number-marker, 99999999999",
    "encoding-type, base64",
  })
  void invalidParameterIsRefused(String name, String value) throws IOException {
    String id = begin("a.txt");
    Answer answer =
        SignedRequest.get("a.txt")
            .query("uploadId", id)
            .query(name, value)
            .v4Header()
            .send(oss.endpoint());
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.member("Code")).isEqualTo("InvalidArgument");
    assertThat(answer.member("ArgumentName")).isEqualTo(name);
    assertThat(answer.member("ArgumentValue")).isEqualTo(value);
  }

  @Test
  void keyIsEncodedOnDemand() throws IOException {
    String key = "a b/\u0001字+&.txt";
    String id = begin(key);
    SignedRequest list = SignedRequest.get(key).query("uploadId", id);
    Answer encoded = list.query("encoding-type", "url").v4Header().send(oss.endpoint());
    assertThat(encoded.member("EncodingType")).isEqualTo("url");
    assertThat(encoded.member("Key")).isEqualTo("a%20b%2F%01%E5%AD%97%2B%26.txt");
    assertThat(list("a.txt", begin("a.txt"), null, null).member("EncodingType")).isNull();
  }

  @Test
  void vendorsClientPagesThroughMoreThanAThousandParts() {
    OSS client = client();
    try {
      String key = "parts/字 +.bin";
      String id =
          client
              .initiateMultipartUpload(new InitiateMultipartUploadRequest(oss.bucket(), key))
              .getUploadId();
      List<Integer> sent = IntStream.rangeClosed(1, 2003).filter(n -> n % 2 == 1).boxed().toList();
      for (int number : sent) {
        byte[] content = number == 1 ? new byte[102400] : "hello".getBytes(UTF_8);
        client.uploadPart(
            new UploadPartRequest(
                oss.bucket(), key, id, number, new ByteArrayInputStream(content), content.length));
      }
      ListPartsRequest request = new ListPartsRequest(oss.bucket(), key, id);
      request.setEncodingType("url");
      PartListing first = client.listParts(request);
      assertThat(first.getParts()).hasSize(1000);
      assertThat(first.isTruncated()).isTrue();
      assertThat(first.getNextPartNumberMarker()).isEqualTo(1999);
      // This client leaves the decoding of parts' keys to its caller.
      assertThat(first.getKey()).isEqualTo("parts%2F%E5%AD%97%20%2B.bin");
      assertThat(pages(client, request)).containsExactlyElementsOf(sent);
      request.setMaxParts(7);
      assertThat(pages(client, request)).containsExactlyElementsOf(sent);
      complete(client, key, id, request);
      assertThat(oss.object(key).orElseThrow().size()).isEqualTo(102400 + 5);
    } finally {
      client.shutdown();
    }
  }

  /** Completes with the first two parts, because only the last may be small. */
  private void complete(OSS client, String key, String id, ListPartsRequest request) {
    request.setPartNumberMarker(null);
    List<PartETag> tags = new ArrayList<>();
    for (PartSummary part : client.listParts(request).getParts().subList(0, 2)) {
      tags.add(new PartETag(part.getPartNumber(), part.getETag()));
    }
    client.completeMultipartUpload(new CompleteMultipartUploadRequest(oss.bucket(), key, id, tags));
  }

  private static List<Integer> pages(OSS client, ListPartsRequest request) {
    List<Integer> numbers = new ArrayList<>();
    request.setPartNumberMarker(null);
    PartListing page;
    do {
      page = client.listParts(request);
      page.getParts().forEach(part -> numbers.add(part.getPartNumber()));
      request.setPartNumberMarker(page.getNextPartNumberMarker());
    } while (page.isTruncated());
    return numbers;
  }

  private OSS client() {
    oss.close();
    oss = OssEmulator.builder().inMemory().start();
    return OSSClientBuilder.create()
        .endpoint(oss.endpoint().toString())
        .region(oss.region())
        .credentialsProvider(
            new DefaultCredentialProvider(oss.accessKeyId(), oss.accessKeySecret()))
        .build();
  }

  private String begin(String key) throws IOException {
    return new SignedRequest("POST", key)
        .query("uploads", "")
        .v4Header()
        .send(oss.endpoint())
        .member("UploadId");
  }

  private void part(String key, String id, int number) throws IOException {
    SignedRequest request = SignedRequest.put(key, "hello");
    request.query("partNumber", Integer.toString(number)).query("uploadId", id);
    assertThat(request.v4Header().send(oss.endpoint()).status()).isEqualTo(200);
  }

  private Answer list(String key, String id, String most, String marker) throws IOException {
    SignedRequest request = SignedRequest.get(key).query("uploadId", id);
    if (most != null) {
      request.query("max-parts", most);
    }
    if (marker != null) {
      request.query("part-number-marker", marker);
    }
    return request.v4Header().send(oss.endpoint());
  }

  private static String numbers(Answer page) {
    return String.join(
        " ", NUMBER.matcher(page.body()).results().map(match -> match.group(1)).toList());
  }
}
