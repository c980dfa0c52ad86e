package consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.junit.OssEmulatorExtension;
import io.osspost.spring.emulator.AutoConfigureOssEmulator;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;

/** The test that the documents show, with the form that the endpoint grants. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureOssEmulator
class UploadTest {
  private final RestClient client = RestClient.create();

  @Autowired OssEmulator oss;

  @Value("${local.server.port}")
  int port;

  @Test
  void formOfTheEndpointIsStored() {
    Map<String, Object> grant =
        client
            .get()
            .uri(
                "http://127.0.0.1:{port}/get_post_signature_for_oss_upload?filename=me.png&size=4",
                port)
            .retrieve()
            .body(new ParameterizedTypeReference<>() {});
    assertThat(grant).isNotNull();
    MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
    ((Map<?, ?>) grant.get("fields")).forEach((name, value) -> form.add((String) name, value));
    form.add(
        "file",
        new ByteArrayResource(new byte[] {1, 2, 3, 4}) {
          @Override
          public String getFilename() {
            return "me.png";
          }
        });

    ResponseEntity<String> answer =
        client.post().uri((String) grant.get("url")).body(form).retrieve().toEntity(String.class);

    assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.OK);
    assertThat(oss.keys()).hasSize(1);
  }

  @Test
  @ExtendWith(OssEmulatorExtension.class)
  void extensionRunsBesideTheApplication(OssEmulator own) {
    assertThat(own.keys()).isEmpty();
    assertThat(own.endpoint()).isNotEqualTo(oss.endpoint());
  }
}
