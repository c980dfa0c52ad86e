package io.osspost.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UserFileNameTest {
  @Test
  void directoriesAndInvisibleCharactersAreRemoved() {
    assertThat(UserFileName.of("C:\\fakepath\\a b.png")).isEqualTo("a b.png");
    assertThat(UserFileName.of("../../etc/passwd")).isEqualTo("passwd");
    assertThat(UserFileName.of("photo\u202Egnp.exe\r\n")).isEqualTo("photognp.exe");
    assertThat(UserFileName.of("a/")).isEmpty();
    assertThat(UserFileName.of("50%$?*.png")).isEqualTo("50%$?*.png");
  }

  @Test
  void longNamesKeepTheirExtension() {
    assertThat(UserFileName.of("合".repeat(100) + ".png")).isEqualTo("合".repeat(83) + ".png");
    assertThat(UserFileName.cut("abcdef.png", 7)).isEqualTo("abc.png");
    assertThat(UserFileName.cut("abcdef.png", 4)).isEqualTo("abcd");
    assertThat(UserFileName.cut("abcdef.png", 0)).isEmpty();
    assertThat(UserFileName.cut("abcdef.png", -5)).isEmpty();
    assertThat(UserFileName.cut("😀😀.x", 7)).isEqualTo("😀.x");
  }

  /** The encoded names are those of Python's urllib.parse.quote(name, safe=""). */
  @Test
  void dispositionHasBothNames() {
    assertThat(UserFileName.disposition("attachment", "a b.pdf"))
        .isEqualTo("attachment; filename=\"a b.pdf\"");
    assertThat(UserFileName.disposition("inline", "合同.pdf"))
        .isEqualTo("inline; filename=\"__.pdf\"; filename*=UTF-8''%E5%90%88%E5%90%8C.pdf");
    assertThat(UserFileName.disposition("attachment", "a\"b\\c%20.pdf"))
        .isEqualTo("attachment; filename=\"a_b_c_20.pdf\"; filename*=UTF-8''a%22b%5Cc%2520.pdf");
    assertThat(UserFileName.disposition("attachment", "")).isEqualTo("attachment");
  }
}
