package io.osspost.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.emulator.testing.LargeUpload;
import io.osspost.emulator.testing.RawHttp.Answer;
import io.osspost.emulator.testing.StandaloneProcess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The largest possible uploads with the smallest heap. Needs 5 GB of disk for a minute. */
@Tag("full")
class LargeUploadIT {
  private static final int FIVE_GIB = 5 * 1024;

  private StandaloneProcess emulator;
  private LargeUpload upload;

  @BeforeEach
  void start() throws Exception {
    emulator = StandaloneProcess.start(List.of("-Xmx64m"), List.of("--port=0"));
    upload =
        new LargeUpload(
            emulator.endpoint(),
            emulator.greeted("access key id"),
            emulator.greeted("access key secret"));
  }

  @AfterEach
  void stop() {
    Path folder = Path.of(emulator.greeted("objects in"));
    emulator.close();
    assertThat(folder).doesNotExist();
  }

  /** The form around the file counts, so the largest file is a little smaller. */
  @Test
  void almostFiveGigabytesPassAsAForm() throws Exception {
    Answer answer = upload.post("user-dir/photo.png", FIVE_GIB - 1);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertStored("user-dir/photo.png", '"' + upload.md5(FIVE_GIB - 1) + '"', FIVE_GIB - 1, answer);
  }

  @Test
  void fiveGigabytesPassAsPutObject() throws Exception {
    Answer answer = upload.put("large", FIVE_GIB);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertStored("large", '"' + upload.md5(FIVE_GIB) + '"', FIVE_GIB, answer);
  }

  @Test
  void fiveGigabytesPassInParts() throws Exception {
    Answer answer = upload.multipart("large", 5, 1024);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertStored("large", answer.member("ETag"), FIVE_GIB, answer);
  }

  private void assertStored(String key, String etag, int mebibytes, Answer uploaded)
      throws Exception {
    Answer head = upload.head(key);
    assertThat(head.header("content-length")).isEqualTo(Long.toString((long) mebibytes << 20));
    assertThat(head.header("etag")).isEqualTo(etag);
    assertThat(head.header("x-oss-hash-crc64ecma"))
        .isEqualTo(uploaded.header("x-oss-hash-crc64ecma"));
  }
}
