package dev.holdfast.http.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of resources (RFC 9728 sections 1.2 and 3.1), each with what differs by one thing. */
class ResourceIdentifierTest {

  @ParameterizedTest
  @CsvSource({
    "https://api.example, https://api.example, ''",
    "https://api.example/, https://api.example, ''",
    "https://api.example/v1, https://api.example, /v1",
    "https://api.example/v1/, https://api.example, /v1/",
    "https://api.example:8443/a/b, https://api.example:8443, /a/b",
    "HTTPS://API.example/A, HTTPS://API.example, /A",
    "https://[2001:db8::1]/a, https://[2001:db8::1], /a",
    "https://api.example/a%20b;c=1, https://api.example, /a%20b;c=1",
    "https://api.example/a..b/.c, https://api.example, /a..b/.c",
    "http://localhost:8080/a, http://localhost:8080, /a",
    "http://127.0.0.1, http://127.0.0.1, ''",
  })
  void theMetadataIsAtTheNamesPathBehindTheWellKnownOne(String text, String origin, String path) {
    ResourceIdentifier resource = ResourceIdentifier.parse(text);
    assertThat(resource).hasToString(text);
    assertThat(resource.origin()).isEqualTo(origin);
    assertThat(resource.metadataPath()).isEqualTo(ResourceIdentifier.WELL_KNOWN + path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "api.example",
        "/v1",
        "urn:api",
        "https:/api.example",
        "https://",
        "http://api.example",
        "ftp://api.example",
        "https://user@api.example",
        "https://api.example/v1?",
        "https://api.example/v1?a=b",
        "https://api.example/v1#",
        "https://api.example/v1#a",
        "https://api.example/a b",
        "https://api.example/a\"b",
        "https://api.example/a\\b",
        "https://api.example/\u00e4",
        "https://api.example/%2",
        "https://api.example/./a",
        "https://api.example/a/..",
        "https://api.example/a/%2E%2e/b",
        "https://api.example:99999",
        " https://api.example",
        "https://api.example\r\n",
      })
  void anythingElseIsNoName(String text) {
    assertThat(ResourceIdentifier.parse(text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {2048, 2049})
  void aNameHasABoundedLength(int length) {
    String text = "https://api.example/";
    String whole = text + "a".repeat(length - text.length());
    assertThat(ResourceIdentifier.parse(whole) != null).isEqualTo(length == 2048);
  }

  @ParameterizedTest
  @CsvSource({"/app, true", "/app/v1, true", "/application, false", "/v1/app, false", "'', false"})
  void aPathLiesBelowWholeSegmentsOnly(String path, boolean below) {
    assertThat(ResourceIdentifier.parse("https://api.example" + path).isBelow("/app"))
        .isEqualTo(below);
  }
}
