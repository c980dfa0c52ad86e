package io.osspost.emulator.internal.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlElementTest {

  @Test
  void documentIsReadWithoutRegardToNamespaces() throws Exception {
    XmlElement root =
        parse(
            "<?xml version='1.0'?><!-- c --><a xmlns='http://x'> <b>1 &amp; <![CDATA[<2>]]></b>\n"
                + "<b/><c><d>3</d></c></a>");
    assertThat(root.name()).isEqualTo("a");
    assertThat(root.texts("b")).isEqualTo(List.of("1 & <2>", ""));
    assertThat(root.first("c").orElseThrow().texts("d")).containsExactly("3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text",
        "<a>",
        "<a></b>",
        "<a/><b/>",
        "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
        "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>",
        "<!DOCTYPE a [<!ENTITY e 'e'>]><a>&e;</a>",
        "<a>&e;</a>",
        "<a><a><a><a><a><a><a><a><a><a><a/></a></a></a></a></a></a></a></a></a></a>",
      })
  void whatIsMalformedOrReachesOutsideIsRefused(String document) {
    assertThatThrownBy(() -> parse(document)).isInstanceOf(XmlElement.MalformedException.class);
  }

  private static XmlElement parse(String document) throws XmlElement.MalformedException {
    return XmlElement.parse(document.getBytes(UTF_8));
  }
}
