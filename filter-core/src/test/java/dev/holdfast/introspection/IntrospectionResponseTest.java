package dev.holdfast.introspection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.internal.issuer.HttpAnswer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One strict reading, and an outage for all else. */
class IntrospectionResponseTest {
  private static final String SPECIMEN =
      "{\"active\":true,\"sub\":\"alice\",\"cnf\":{\"x5t#S256\":\"x\"},\"exp\":1}";

  private static IntrospectionResponse read(byte[] body) {
    return IntrospectionResponse.of(new HttpAnswer(200, "application/json", body));
  }

  private static void assertUnavailable(byte[] body) {
    assertThatThrownBy(() -> read(body)).isInstanceOf(IssuerUnavailableException.class);
  }

  @Test
  void aWellFormedResponseIsRead() {
    IntrospectionResponse response = read(SPECIMEN.getBytes(UTF_8));
    assertThat(response.active()).isTrue();
    assertThat(response.claims()).containsEntry("sub", "alice").containsEntry("exp", 1L);
    assertThat(read("{\"active\":false}".getBytes(UTF_8)).active()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"active\":\"true\"}",
        "{\"active\":1}",
        "{\"active\":null}",
        "{\"active\":[true]}",
        "{\"Active\":true}",
        "{\"response\":{\"active\":true}}",
        "[{\"active\":true}]",
        "true",
        "",
        " ",
        "<html>active</html>",
        "{\"active\":true}x",
        "{\"active\":true}{\"active\":true}",
        "{\"active\":true,}",
        "{'active':true}",
        "{\"active\":true}//",
        "\uFEFF{\"active\":true}"
      })
  void whatHasNoBooleanActiveIsAnOutage_T75(String body) {
    assertUnavailable(body.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"active\":false,\"active\":true}",
        "{\"active\":true,\"active\":true}",
        "{\"active\":true,\"cnf\":{\"jkt\":\"a\"},\"cnf\":{\"jkt\":\"b\"}}",
        "{\"active\":true,\"cnf\":{\"jkt\":\"a\",\"jkt\":\"b\"}}",
        "{\"active\":true,\"\\u0061ctive\":true}"
      })
  void aMemberTwiceIsAnOutage_T42(String body) {
    assertUnavailable(body.getBytes(UTF_8));
  }

  @Test
  void anotherEncodingIsAnOutage_T43() {
    assertUnavailable("{\"active\":true,\"sub\":\"ä\"}".getBytes(ISO_8859_1));
  }

  @Property
  void aTruncatedResponseIsAnOutage_T74(@ForAll @IntRange(min = 0, max = 65) int length) {
    byte[] whole = SPECIMEN.getBytes(UTF_8);
    assertUnavailable(java.util.Arrays.copyOf(whole, Math.min(length, whole.length - 1)));
  }

  @Property
  void anyBytesAreAResponseOrAnOutageAndNothingElse(@ForAll @Size(max = 200) byte[] body) {
    try {
      assertThat(read(body).claims()).containsKey("active");
    } catch (IssuerUnavailableException outage) {
      assertThat(outage).hasMessageStartingWith("the introspection response");
    }
  }

  @Property
  void oneChangedByteNeverEscapesAsAnythingElse(
      @ForAll @IntRange(min = 0, max = 59) int position, @ForAll byte changed) {
    byte[] body = SPECIMEN.getBytes(UTF_8);
    body[position] = changed;
    anyBytesAreAResponseOrAnOutageAndNothingElse(body);
  }

  @Property
  void everyStatusButOneIsAnOutage(@ForAll @IntRange(min = 100, max = 599) int status) {
    HttpAnswer answer = new HttpAnswer(status, "application/json", SPECIMEN.getBytes(UTF_8));
    if (status == 200) {
      assertThat(IntrospectionResponse.of(answer).active()).isTrue();
    } else {
      assertThatThrownBy(() -> IntrospectionResponse.of(answer))
          .isInstanceOf(IssuerUnavailableException.class);
    }
  }
}
