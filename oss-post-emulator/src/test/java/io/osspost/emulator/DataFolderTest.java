package io.osspost.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osspost.emulator.testing.RawHttp;
import io.osspost.emulator.testing.TestForm;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path folder;

  @Test
  void objectsSurviveARestart() throws IOException {
    StoredObject before;
    try (OssEmulator oss = start()) {
      post(
          oss,
          new TestForm()
              .with("key", "user-dir/字 1.png")
              .with("x-oss-meta-owner", "字\n".trim())
              .with("x-oss-object-acl", "public-read")
              .with("Cache-Control", " no-cache = # !"));
      before = oss.object("user-dir/字 1.png").orElseThrow();
    }
    try (OssEmulator oss = start()) {
      assertThat(oss.keys()).containsExactly("user-dir/字 1.png");
      StoredObject after = oss.object("user-dir/字 1.png").orElseThrow();
      assertThat(after.content()).hasContent("hello world");
      assertThat(after.etag()).isEqualTo(before.etag());
      assertThat(after.crc64()).isEqualTo(before.crc64());
      assertThat(after.size()).isEqualTo(before.size());
      assertThat(after.contentType()).isEqualTo(before.contentType());
      assertThat(after.acl()).isEqualTo("public-read");
      assertThat(after.lastModified()).isEqualTo(before.lastModified());
      assertThat(after.headers()).isEqualTo(before.headers());
    }
  }

  @Test
  void keysCannotLeaveTheFolder() throws IOException {
    try (OssEmulator oss = start()) {
      for (String key :
          List.of("user-dir/../../../escaped", "user-dir/\0nul", "user-dir/a\\..\\b", "..")) {
        TestForm form = new TestForm().with("key", key);
        form.conditions.removeIf(condition -> condition.contains("$key"));
        assertThat(post(oss, form)).isEqualTo(200);
        assertThat(oss.object(key).orElseThrow().content()).hasContent("hello world");
      }
      assertThat(oss.keys()).hasSize(4);
    }
    try (Stream<Path> beside = Files.list(folder.getParent())) {
      assertThat(beside.map(Path::getFileName).map(Path::toString)).doesNotContain("escaped");
    }
    assertThat(files())
        .allMatch(name -> name.matches("[0-9a-f.]+(content|properties)|lock|bucket.settings"));
  }

  @Test
  void overwrittenContentIsRemoved() throws IOException {
    try (OssEmulator oss = start()) {
      post(oss, new TestForm());
      post(oss, new TestForm());
      assertThat(files()).filteredOn(name -> name.endsWith(".content")).hasSize(1);
    }
  }

  @Test
  void refusedUploadLeavesNothing() throws IOException {
    try (OssEmulator oss = start()) {
      TestForm form = new TestForm();
      form.content = new byte[1048577];
      assertThat(post(oss, form)).isEqualTo(400);
      assertThat(files()).containsExactlyInAnyOrder("lock", "bucket.settings");
    }
  }

  @Test
  void uploadThatBreaksOffLeavesNothing() throws Exception {
    try (OssEmulator oss = start()) {
      TestForm form = new TestForm().sign();
      try (Socket socket = RawHttp.connect(oss.port())) {
        OutputStream out = socket.getOutputStream();
        out.write(RawHttp.formHead("Content-Length", "1000000"));
        out.write(form.fieldParts());
        out.write(form.fileHead());
        out.write(new byte[300_000]);
        out.flush();
        await(() -> files().stream().anyMatch(name -> name.length() == 32));
      }
      await(() -> files().size() == 2);
      assertThat(oss.keys()).isEmpty();
    }
  }

  @Test
  void uploadUnderWayIsCutWhenTheEmulatorCloses() throws Exception {
    OssEmulator oss = start();
    TestForm form = new TestForm().sign();
    try (Socket socket = RawHttp.connect(oss.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(RawHttp.formHead("Content-Length", "1000000"));
      out.write(form.fieldParts());
      out.write(form.fileHead());
      out.write(new byte[300_000]);
      out.flush();
      await(() -> files().stream().anyMatch(name -> name.length() == 32));
      oss.close();
    }
    assertThat(files()).containsExactlyInAnyOrder("lock", "bucket.settings");
  }

  @Test
  void leftoversOfAnEarlierRunAreRemovedAtStart() throws IOException {
    try (OssEmulator oss = start()) {
      post(oss, new TestForm());
    }
    Path bucket = folder.resolve("buckets/examplebucket");
    Files.writeString(bucket.resolve("0a.1.content"), "unnamed");
    Files.writeString(bucket.resolve("0a.1.properties.part"), "unfinished");
    Files.writeString(folder.resolve("incoming/1.part"), "unfinished");
    try (OssEmulator oss = start()) {
      assertThat(oss.keys()).hasSize(1);
      assertThat(files()).hasSize(4);
    }
  }

  @Test
  void folderInUseIsRefused() {
    OssEmulator first = start();
    try (first) {
      assertThatThrownBy(this::start)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining(folder.toString())
          .hasMessageContaining("Stop that emulator, or choose another folder.");
    }
  }

  @Test
  void brokenEntryNamesItsFile() throws IOException {
    Path bucket = Files.createDirectories(folder.resolve("buckets/examplebucket"));
    Files.writeString(bucket.resolve("0a.properties"), "key=a");
    assertThatThrownBy(this::start)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("0a.properties has no");
  }

  @Test
  void temporaryFolderIsDeletedOnClose() throws IOException {
    Path temporary;
    try (OssEmulator oss = TestForm.emulator().start()) {
      post(oss, new TestForm());
      temporary = oss.folder().orElseThrow();
      assertThat(temporary).isNotEmptyDirectory();
    }
    assertThat(temporary).doesNotExist();
  }

  @Test
  void openContentStaysReadableDuringAnOverwrite() throws IOException {
    try (OssEmulator oss = start()) {
      post(oss, new TestForm());
      try (InputStream first = oss.object("user-dir/photo.png").orElseThrow().content()) {
        TestForm second = new TestForm();
        second.content = "second".getBytes(UTF_8);
        post(oss, second);
        assertThat(first).hasContent("hello world");
      }
    }
  }

  private OssEmulator start() {
    return TestForm.emulator().data(folder).start();
  }

  private static int post(OssEmulator oss, TestForm form) throws IOException {
    return RawHttp.post(oss.endpoint(), "/examplebucket/", form.sign()).status();
  }

  private List<String> files() {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).map(f -> f.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 500 && !holds(condition); i++) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  /** If a file vanishes during the walk, the walk is repeated. */
  private static boolean holds(BooleanSupplier condition) {
    try {
      return condition.getAsBoolean();
    } catch (UncheckedIOException e) {
      return false;
    }
  }
}
