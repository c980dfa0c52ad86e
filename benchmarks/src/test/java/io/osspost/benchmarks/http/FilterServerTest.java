package io.osspost.benchmarks.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks that both sides answer alike, and that the filter does its work each time. */
class FilterServerTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @ParameterizedTest
  @EnumSource
  void bothApplicationsAnswerAlike(Container container) throws Exception {
    int port = FilterServer.start(container);
    HttpResponse<String> filter = get(port, FilterServer.FILTER);
    HttpResponse<String> bare = get(port, FilterServer.BARE);

    assertThat(bare.statusCode()).isEqualTo(filter.statusCode()).isEqualTo(200);
    assertThat(names(bare)).containsExactlyInAnyOrderElementsOf(names(filter));
    assertThat(bare.body()).hasSameSizeAs(filter.body());
    assertThat(filter.body()).hasSizeGreaterThan(2000);
    assertThat(members(bare)).isEqualTo(members(filter));

    assertThat(get(port, FilterServer.BARE).body()).isEqualTo(bare.body());
    assertThat(dir(get(port, FilterServer.FILTER))).isNotEqualTo(dir(filter));
  }

  private static HttpResponse<String> get(int port, String application) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(FilterServer.address(port, application)).build();
    return HTTP.send(request, BodyHandlers.ofString());
  }

  private static List<String> names(HttpResponse<String> answer) {
    return List.copyOf(answer.headers().map().keySet());
  }

  private static List<String> members(HttpResponse<String> answer) throws Exception {
    List<String> members = new ArrayList<>();
    json(answer).fieldNames().forEachRemaining(members::add);
    return members;
  }

  private static String dir(HttpResponse<String> answer) throws Exception {
    return json(answer).get("dir").asText();
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return new ObjectMapper().readTree(answer.body());
  }
}
