package dev.holdfast.http.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.http.PathRequest;
import dev.holdfast.http.TargetUri;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Below which path of the server the document is, with and without a context path. */
class ResourceMetadataTest {

  private static ResourceMetadata of(String resource) {
    return new ResourceMetadata(
        ResourceIdentifier.parse(resource), TargetUri.direct(), Map.of("a", List.of("b")));
  }

  /** In the paths, W stands for the well-known one. */
  @ParameterizedTest
  @CsvSource({
    "https://a.example,         '',   W,           true",
    "https://a.example,         '',   W/,          false",
    "https://a.example,         '',   /W,          false",
    "https://a.example/,        '',   W,           true",
    "https://a.example/app,     '',   W/app,       true",
    "https://a.example/app,     '',   W,           true",
    "https://a.example/app,     '',   /appW,       false",
    "https://a.example/app,     /app, /appW,       true",
    "https://a.example/app,     /app, /appW/app,   true",
    "https://a.example/app,     /app, W/app,       false",
    "https://a.example/app,     /app, /app/v1W,    false",
    "https://a.example/v1/app,  /app, /appW/v1/app, true",
    "https://a.example/v1/app,  /app, /appW/app,   false",
  })
  void theDocumentIsInThePlaceOfTheApplication(
      String resource, String contextPath, String path, boolean served) {
    PathRequest request = new PathRequest(path.replace("W", ResourceIdentifier.WELL_KNOWN));
    MetadataAnswer answer = of(resource).answer("GET", request, false, contextPath);
    assertThat(answer != null).isEqualTo(served);
    if (answer != null) {
      assertThat(answer.body()).isEqualTo("{\"resource\":\"" + resource + "\",\"a\":[\"b\"]}");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example,         '',   https://a.exampleW",
    "https://a.example/,        '',   https://a.exampleW",
    "https://a.example/app,     '',   https://a.exampleW/app",
    "https://a.example/app,     /app, https://a.example/appW",
    "https://a.example/app/v1,  /app, https://a.example/appW",
    "https://a.example/apple,   /app, https://a.exampleW/apple",
    "https://a.example,         /app, https://a.exampleW",
  })
  void aChallengeNamesAnAddressThatIsAnswered(String resource, String contextPath, String address) {
    PathRequest request = new PathRequest("/me");
    assertThat(of(resource).address(request, false, contextPath))
        .isEqualTo(address.replace("W", ResourceIdentifier.WELL_KNOWN));
  }

  @ParameterizedTest
  @CsvSource({"GET, 200", "HEAD, 200", "get, 405", "POST, 405", "OPTIONS, 405", "'', 405"})
  void theMethodDecides(String method, int status) {
    PathRequest request = new PathRequest(ResourceIdentifier.WELL_KNOWN);
    MetadataAnswer answer = of("https://a.example").answer(method, request, false, "");
    assertThat(answer).isNotNull();
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body().isEmpty()).isEqualTo(!method.equals("GET"));
    assertThat(answer.headers()).containsEntry("Access-Control-Allow-Origin", "*");
    assertThat(answer.headers().containsKey("Allow")).isEqualTo(status == 405);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aPathThatTheServerDidNotTakeAnswersNothing(boolean trusted) {
    assertThat(of("https://a.example").answer("GET", new PathRequest(null), trusted, "")).isNull();
  }
}
