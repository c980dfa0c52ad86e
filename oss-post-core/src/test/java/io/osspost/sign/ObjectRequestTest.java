package io.osspost.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.osspost.object.ObjectKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectRequestTest {
  private static final ObjectKey KEY = new ObjectKey("dir/a b.png");

  private final ObjectRequest put = ObjectRequest.put(KEY);

  @Test
  void theStepsOfAMultipartUploadAreTheRequestsOssDocuments() {
    assertThat(
            List.of(
                ObjectRequest.initiateMultipart(KEY),
                ObjectRequest.uploadPart(KEY, "ID", 10_000),
                ObjectRequest.completeMultipart(KEY, "ID"),
                ObjectRequest.abortMultipart(KEY, "ID")))
        .extracting(request -> request.method() + " " + request.query())
        .containsExactly(
            "POST {uploads=}",
            "PUT {uploadId=ID, partNumber=10000}",
            "POST {uploadId=ID}",
            "DELETE {uploadId=ID}");
  }

  @Test
  void addingToARequestCopiesIt() {
    ObjectRequest pinned =
        put.contentType("image/png").header("x-oss-forbid-overwrite", "true").query("a", "b");
    assertThat(put.headers()).isEmpty();
    assertThat(put.query()).isEmpty();
    assertThat(pinned.headers())
        .containsExactly(
            Map.entry("Content-Type", "image/png"), Map.entry("x-oss-forbid-overwrite", "true"));
    assertThat(pinned.query()).containsExactly(Map.entry("a", "b"));
    assertThat(pinned.headers()).isUnmodifiable();
  }

  @Test
  void whiteSpaceAroundAHeadersValueIsDroppedAsHttpDoes() {
    assertThat(put.header("x-oss-meta-a", "  b c ").headers()).containsEntry("x-oss-meta-a", "b c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nx-oss-object-acl: public-read", "a\nb", "a\rb", "\0", "a\u007f"})
  void aHeaderCannotBringAnotherOneAlong(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> put.header("x-oss-meta-a", value))
        .withMessageContaining("control character");
    assertThatIllegalArgumentException().isThrownBy(() -> put.contentType("image/png" + value));
  }

  @Test
  void rejectsHeaderThatClientsEncodeDifferently() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> put.header("x-oss-meta-author", "李"))
        .withMessageContaining("Percent-encode it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "x_y", "x-oss-meta-a:", "a\r\nb", "ä"})
  void whatCannotNameASignedHeaderIsRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> put.header(name, "value"))
        .withMessageContaining("letters, digits and hyphens");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Authorization", "host", "Date", "X-Oss-Date", "x-oss-security-token"})
  void headersOfTheSignatureAndTheHttpClientAreRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> put.header(name, "value"))
        .withMessageContaining("Remove it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Signature", "Expires", "security-token", "x-oss-date", "x-oss-expires"})
  void parametersOfTheSignatureAreRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> put.query(name, "value"))
        .withMessageContaining("Leave it to the signer");
  }

  @Test
  void nothingIsSetTwice() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> put.contentType("image/png").header("content-type", "text/html"))
        .withMessageContaining("Set it once");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ObjectRequest.uploadPart(KEY, "ID", 1).query("partNumber", "2"))
        .withMessageContaining("Set it once");
  }

  @Test
  void blanksAndHalfCharactersAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> put.contentType(" "));
    assertThatIllegalArgumentException().isThrownBy(() -> put.query("", "value"));
    assertThatIllegalArgumentException().isThrownBy(() -> put.query("a", "\uD83D"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ObjectRequest.abortMultipart(KEY, " "))
        .withMessageContaining("Pass the id from the start");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 10_001})
  void partNumbersOutsideWhatOssCountsAreRefused(int partNumber) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ObjectRequest.uploadPart(KEY, "ID", partNumber))
        .withMessageContaining("1 to 10000");
  }

  @Test
  void aRequestPrintsItsMethodAndKeyOnOneLine() {
    assertThat(ObjectRequest.get(new ObjectKey("a\nb")).query("versionId", "secret"))
        .hasToString("ObjectRequest[GET a%0Ab]");
  }
}
