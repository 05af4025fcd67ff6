package dev.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenKindTest {
  @ParameterizedTest
  @ValueSource(strings = {"DPoP", " DPoP", "DPoP ", "\tdpop\n", " application/dpop "})
  void whiteSpaceAroundAWordDoesNotHideIt_C88(String word) {
    assertThat(TokenKind.stated(Map.of("token_type", word), "token_type"))
        .isEqualTo(TokenKind.BOUND_ACCESS_TOKEN);
  }
}
