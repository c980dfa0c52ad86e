package io.osspost.emulator.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentTest {
  @TempDir Path folder;

  @Test
  void piecesReadAsOneFromAnyOffsetOnDiskAndInMemory() throws IOException {
    DiskStorage disk = new DiskStorage(folder, false);
    try {
      for (Storage medium : List.of(disk, new MemoryStorage())) {
        Random random = new Random(7);
        byte[] all = new byte[300_000];
        random.nextBytes(all);
        List<Segment> pieces = new ArrayList<>();
        int[] cuts = {0, 0, 1, 70_000, 70_000, 65_536 + 70_000, all.length};
        for (int i = 1; i < cuts.length; i++) {
          try (Draft draft = medium.draft()) {
            draft.write(all, cuts[i - 1], cuts[i] - cuts[i - 1]);
            pieces.add(draft.finish());
          }
        }
        Content content = new Content(pieces);
        assertThat(content.size()).isEqualTo(all.length);
        for (int offset : new int[] {0, 1, 2, 69_999, 70_000, 135_536, 299_999, 300_000}) {
          try (InputStream in = content.open(offset)) {
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(all, offset, all.length));
          }
        }
      }
    } finally {
      disk.close();
    }
  }
}
