package dev.holdfast.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

/** One list of names for tokens, proofs, settings and defaults (C31). */
class SigningAlgorithmTest {

  @Test
  void everyDefaultIsAName_C31() {
    assertThat(SigningAlgorithm.NAMES).containsAll(SigningAlgorithm.DEFAULTS);
    assertThat(SigningAlgorithm.DEFAULTS).contains("EdDSA", "Ed25519");
  }

  @Test
  void edDsaAllowsEd25519AndNotTheOtherWayRound_C31() {
    assertThat(SigningAlgorithm.allowedBy(List.of("EdDSA")))
        .containsExactlyInAnyOrder(SigningAlgorithm.EDDSA, SigningAlgorithm.ED25519);
    assertThat(SigningAlgorithm.allowedBy(List.of("Ed25519")))
        .containsExactly(SigningAlgorithm.ED25519);
  }

  @Test
  void whatIsNotOnTheListIsNoName_C31() {
    for (String name : List.of("Ed448", "ES256K", "HS256", "none", "ed25519", "")) {
      assertThat(SigningAlgorithm.named(name)).isNull();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> SigningAlgorithm.allowedBy(List.of(name)));
    }
  }
}
