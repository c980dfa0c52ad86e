package io.osspost.emulator.internal.multipart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.fault.Fault;
import io.osspost.emulator.testing.RawHttp.Answer;
import io.osspost.emulator.testing.SignedRequest;
import io.osspost.emulator.testing.TestForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Unfinished multipart uploads in a data folder survive a restart of the emulator. */
class UploadAfterRestartTest {
  private static final String KEY = "user-dir/字 #=.txt";
  private static final String BIG = "A".repeat(102400);
  private static final Pattern PART =
      Pattern.compile("<PartNumber>([0-9]+)</PartNumber>.*?<Size>([0-9]+)</Size>", Pattern.DOTALL);

  @TempDir Path folder;
  private OssEmulator oss;
  private String id;

  @BeforeEach
  void startAndInitiate() throws IOException {
    start();
    id = initiate();
  }

  @AfterEach
  void stop() {
    oss.close();
  }

  @Test
  void listsTheSameParts() throws IOException {
    part(2, "hello");
    part(1, "replaced");
    part(1, BIG);
    String before = list().body();
    assertThat(parts()).containsExactly("1:102400", "2:5");

    restart();

    assertThat(list().body()).isEqualTo(before);
  }

  @Test
  void takesMorePartsAndCompletes() throws IOException {
    part(1, "replaced later");
    part(3, "hello");
    restart();
    part(1, BIG);
    part(2, BIG);
    restart();
    assertThat(parts()).containsExactly("1:102400", "2:102400", "3:5");

    assertThat(complete().status()).isEqualTo(200);

    Answer object = SignedRequest.get(KEY).v4Header().send(oss.endpoint());
    assertThat(object.body()).isEqualTo(BIG + BIG + "hello");
    assertThat(object.header("content-type")).isEqualTo("text/x-odd");
    assertThat(object.header("x-oss-meta-author")).isEqualTo("alice = # !");
    assertThat(object.header("x-oss-object-type")).isEqualTo("Multipart");
    assertThat(files()).hasSize(6).noneMatch(name -> name.contains("upload"));
    restart();
    assertThat(SignedRequest.get(KEY).v4Header().send(oss.endpoint()).body()).hasSize(204805);
    assertThat(list().member("Code")).isEqualTo("NoSuchUpload");
  }

  @Test
  void abortRemovesAllFiles() throws IOException {
    part(1, BIG);
    part(2, "hello");
    restart();
    part(2, "other");
    part(3, "hello");

    assertThat(abort().status()).isEqualTo(204);

    assertThat(files()).containsExactlyInAnyOrder("lock", "bucket.settings");
    restart();
    assertThat(list().member("Code")).isEqualTo("NoSuchUpload");
    assertThat(abort().member("Code")).isEqualTo("NoSuchUpload");
  }

  @Test
  void uploadsWithoutPartsAreListedWithTheirBeginning() throws IOException {
    String first = id;
    id = initiate();
    String before = uploads();
    assertThat(before).contains(first, id);
    restart();
    assertThat(uploads()).isEqualTo(before);
  }

  @Test
  void bucketIsNotEmpty() throws IOException {
    restart();
    Answer answer = new SignedRequest("DELETE", "").v4Header().send(oss.endpoint());
    assertThat(answer.member("Code")).isEqualTo("BucketNotEmpty");
    abort();
    assertThat(new SignedRequest("DELETE", "").v4Header().send(oss.endpoint()).status())
        .isEqualTo(204);
  }

  @Test
  void replacedPartLeavesNoContent() throws IOException {
    part(1, BIG);
    part(1, "hello");
    restart();
    part(1, "other");
    assertThat(files()).filteredOn(name -> name.endsWith(".content")).hasSize(1);
    assertThat(files()).hasSize(5);
  }

  @Test
  void partThatWasCutIsNotListed() throws IOException {
    part(1, BIG);
    oss.faults().add(Fault.cutUploadAfter(100).onPart(2));
    assertThatThrownBy(() -> part(2, BIG)).isInstanceOf(IOException.class);
    restart();
    assertThat(parts()).containsExactly("1:102400");
    part(2, "hello");
    assertThat(complete().status()).isEqualTo(200);
  }

  /** A kill between the object and the removal of its upload leaves the upload's files. */
  @Test
  void filesOfACompletedUploadAreRemoved() throws IOException {
    part(1, BIG);
    part(2, "not listed");
    List<Path> uploadFiles = uploadFiles();
    List<byte[]> contents = new ArrayList<>();
    for (Path file : uploadFiles) {
      contents.add(Files.readAllBytes(file));
    }
    complete();
    oss.close();
    for (int i = 0; i < contents.size(); i++) {
      Files.write(uploadFiles.get(i), contents.get(i));
    }
    start();
    assertThat(uploadFiles()).isEmpty();
    assertThat(list().member("Code")).isEqualTo("NoSuchUpload");
    assertThat(SignedRequest.get(KEY).v4Header().send(oss.endpoint()).status()).isEqualTo(200);
  }

  @Test
  void leftoversAreRemovedAtStart() throws IOException {
    part(1, "hello");
    oss.close();
    Path bucket = folder.resolve("buckets/examplebucket");
    for (String leftover :
        List.of(
            "ABC.1.uploaded-part",
            "nonsense.uploaded-part",
            id + ".2.uploaded-part.part",
            id + ".upload.part",
            "0a.1.content")) {
      Files.writeString(bucket.resolve(leftover), "unfinished");
    }
    start();
    assertThat(files()).hasSize(5);
    assertThat(parts()).containsExactly("1:5");
  }

  @Test
  void partWithoutItsContentIsDropped() throws IOException {
    part(1, "hello");
    part(2, "hello");
    oss.close();
    try (Stream<Path> all = Files.walk(folder)) {
      Files.delete(all.filter(file -> file.toString().endsWith(".content")).findFirst().get());
    }
    start();
    assertThat(parts()).hasSize(1);
    assertThat(uploadFiles()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {".upload", ".1.uploaded-part"})
  void damagedFileIsNamed(String end) throws IOException {
    part(1, "hello");
    oss.close();
    Path file = folder.resolve("buckets/examplebucket/" + id + end);
    Files.writeString(file, "key=a");
    assertThatThrownBy(this::start)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(id + end + " has no");
    Files.delete(file);
    start();
    assertThat(files()).doesNotContain(id + ".1.uploaded-part");
  }

  @Test
  void uploadOnTheHeapEndsWithTheEmulator() throws IOException {
    oss.close();
    oss = TestForm.emulator().inMemory().start();
    id = initiate();
    part(1, "replaced");
    part(1, BIG);
    part(2, "hello");
    assertThat(parts()).containsExactly("1:102400", "2:5");
    assertThat(complete().status()).isEqualTo(200);
    assertThat(SignedRequest.get(KEY).v4Header().send(oss.endpoint()).body())
        .isEqualTo(BIG + "hello");
    id = initiate();
    part(1, BIG);
    assertThat(abort().status()).isEqualTo(204);
    assertThat(list().member("Code")).isEqualTo("NoSuchUpload");
    id = initiate();
    oss.close();
    oss = TestForm.emulator().inMemory().start();
    assertThat(list().member("Code")).isEqualTo("NoSuchUpload");
  }

  private void start() {
    oss = TestForm.emulator().data(folder).start();
  }

  private void restart() {
    oss.close();
    start();
  }

  private String initiate() throws IOException {
    return new SignedRequest("POST", KEY)
        .query("uploads", "")
        .with("content-type", "text/x-odd")
        .with("x-oss-meta-author", "alice = # !")
        .v4Header()
        .send(oss.endpoint())
        .member("UploadId");
  }

  private void part(int number, String content) throws IOException {
    SignedRequest request = SignedRequest.put(KEY, content);
    request.query("partNumber", Integer.toString(number)).query("uploadId", id);
    Answer answer = request.v4Header().send(oss.endpoint());
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  private Answer complete() throws IOException {
    return new SignedRequest("POST", KEY)
        .query("uploadId", id)
        .with("x-oss-complete-all", "yes")
        .v4Header()
        .send(oss.endpoint());
  }

  private Answer abort() throws IOException {
    return new SignedRequest("DELETE", KEY).query("uploadId", id).v4Header().send(oss.endpoint());
  }

  private Answer list() throws IOException {
    return SignedRequest.get(KEY).query("uploadId", id).v4Header().send(oss.endpoint());
  }

  private String uploads() throws IOException {
    return new SignedRequest("GET", "").query("uploads", "").v4Header().send(oss.endpoint()).body();
  }

  /** Returns number and size of each part. */
  private List<String> parts() throws IOException {
    return PART.matcher(list().body())
        .results()
        .map(part -> part.group(1) + ":" + part.group(2))
        .toList();
  }

  private List<Path> uploadFiles() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("buckets/examplebucket"))) {
      return files.filter(file -> file.getFileName().toString().contains(".upload")).toList();
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).map(f -> f.getFileName().toString()).toList();
    }
  }
}
