package dev.holdfast.http.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever wrote the challenge, it names Holdfast's document and no other (C40). */
class MetadataParameterTest {
  private static final String ADDRESS = "https://api.example/.well-known/oauth-protected-resource";
  private static final String OURS = "resource_metadata=\"" + ADDRESS + '"';

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Bearer                                             | Bearer M
          bearer                                             | bearer M
          Bearer realm="a, b"                                | Bearer realm="a, b", M
          Bearer resource_metadata="https://evil"            | Bearer M
          Bearer resource_metadata=evil                      | Bearer M
          Bearer resource_metadata = "https://evil"          | Bearer M
          Bearer resource_metadata="https://evil", error="x" | Bearer error="x", M
          Bearer error="x",resource_metadata="https://evil"  | Bearer error="x", M
          Bearer a="x", resource_metadata="evil", b="y"      | Bearer a="x", b="y", M
          Bearer a="x",resource_metadata="e",resource_metadata="f",b="y" | Bearer a="x", b="y", M
          Bearer Resource_Metadata="https://evil", a=x       | Bearer a=x, M
          Bearer realm="a, resource_metadata=e, b"           | Bearer realm="a, resource_metadata=e, b", M
          Bearer realm="a\\", resource_metadata=\\"e"        | Bearer realm="a\\", resource_metadata=\\"e", M
          Bearer , a="x",, b="\\\\" ,                        | Bearer a="x", b="\\\\", M
          Bearer realm="open, resource_metadata="e"          | Bearer M
          Bearer a="x" b="y"                                 | Bearer M
          Bearer dG9rZW4==                                   | Bearer M
          """)
  void theParameterIsThereOnce_C40(String written, String expected) {
    assertThat(MetadataParameter.in(written, ADDRESS)).isEqualTo(expected.replace("M", OURS));
  }

  /** RFC 9110 section 5.6.4: what is behind a backslash may be any byte of obs-text. */
  @Test
  void aQuotedStringMayHaveAnyByteAboveAscii_C40() {
    for (char c = 0x80; c <= 0xff; c++) {
      String challenge = "Bearer a=\"" + c + "\\" + c + "\"";
      assertThat(MetadataParameter.in(challenge, ADDRESS)).isEqualTo(challenge + ", " + OURS);
    }
  }

  @Test
  void controlCharactersAreNotHandedOn_C40() {
    for (char c = 0; c <= 0x7f; c++) {
      if ((c >= ' ' || c == '\t') && c != 0x7f) {
        continue;
      }
      for (String challenge : List.of("Bearer a=\"" + c + "\"", "Bearer a=\"\\" + c + "\"")) {
        assertThat(MetadataParameter.in(challenge, ADDRESS)).isEqualTo("Bearer " + OURS);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\tM=\"https://evil\"", ",M=\"https://evil\"", "\"M=evil", "\u0001"})
  void onlyASpaceEndsTheScheme_C40(String rest) {
    String challenge = "Bearer" + rest.replace("M", "resource_metadata");
    assertThat(MetadataParameter.in(challenge, ADDRESS)).isEqualTo("Bearer " + OURS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " Bearer", ", Bearer", "\"Bearer\""})
  void withoutASchemeNoChallengeIsMade_C40(String challenge) {
    assertThatThrownBy(() -> MetadataParameter.in(challenge, ADDRESS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a challenge begins with its scheme");
  }

  @Provide
  Arbitrary<String> challenges() {
    return Arbitraries.of("a=\"x\"", "b=y", "resource_metadata=\"https://evil\"", "c=\"p, q\"")
        .list()
        .ofMaxSize(5)
        .map(parameters -> ("Bearer " + String.join(", ", parameters)).trim());
  }

  @Property(tries = 300)
  void allOtherParametersStay_C40(@ForAll("challenges") String challenge) {
    String evil = "resource_metadata=\"https://evil\"";
    String named = MetadataParameter.in(challenge, ADDRESS);
    assertThat(named).startsWith("Bearer ").endsWith(OURS).doesNotContain("evil");
    assertThat(named.replace(OURS, "").replaceAll("[ ,]", ""))
        .isEqualTo(challenge.replaceAll(Pattern.quote(evil), "").replaceAll("[ ,]", ""));
  }
}
