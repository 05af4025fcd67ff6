package dev.holdfast.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.AccessTokenVerifier;
import dev.holdfast.ClaimRules;
import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.PresentedToken;
import dev.holdfast.Verification;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class IssuerRouterTest {
  private static final Verification INVALID = new Verification.Invalid("no");
  private static final Verification VALID =
      new ClaimRules("https://any.example", Set.of(), Set.of(), Duration.ZERO, Clock.systemUTC())
          .check(Map.of());
  private static final PresentedToken OPAQUE = Specimen.presented("opaque");

  private final List<String> asked = new ArrayList<>();

  private AccessTokenVerifier says(String name, Verification verification) {
    return token -> {
      asked.add(name);
      return CompletableFuture.completedFuture(verification);
    };
  }

  private AccessTokenVerifier fails(String name, RuntimeException failure) {
    return token -> {
      asked.add(name);
      return CompletableFuture.failedFuture(failure);
    };
  }

  private Verification verify(
      PresentedToken token,
      Map<String, AccessTokenVerifier> byIssuer,
      AccessTokenVerifier... opaque) {
    asked.clear();
    return new IssuerRouter(byIssuer, List.of(opaque)).verify(token).join();
  }

  @Test
  void aJwtGoesToTheVerifierOfItsIssuerAlone() {
    Map<String, AccessTokenVerifier> both =
        Map.of(Specimen.ISSUER, says("ours", INVALID), "https://b.example", says("b", VALID));

    assertThat(verify(Specimen.rs256().presented(), both, says("opaque", VALID)))
        .isEqualTo(INVALID);
    assertThat(asked).containsExactly("ours");
    verify(Specimen.rs256().claim("iss", "https://b.example").presented(), both);
    assertThat(asked).containsExactly("b");
  }

  @Test
  void aJwtOfNobodyConfiguredGoesToTheOpaqueVerifiers() {
    Map<String, AccessTokenVerifier> ours = Map.of(Specimen.ISSUER, says("ours", VALID));
    for (Object iss : List.of("https://c.example", 1, List.of(Specimen.ISSUER))) {
      assertThat(
              verify(Specimen.rs256().claim("iss", iss).presented(), ours, says("opaque", VALID)))
          .isEqualTo(VALID);
      assertThat(asked).containsExactly("opaque");
    }
    verify(Specimen.rs256().withoutClaim("iss").presented(), ours, says("opaque", INVALID));
    assertThat(asked).containsExactly("opaque");
  }

  @Test
  void anOpaqueTokenNeverGoesToAVerifierOfJwts() {
    Map<String, AccessTokenVerifier> ours = Map.of(Specimen.ISSUER, says("ours", VALID));

    assertThat(verify(OPAQUE, ours)).isInstanceOf(Verification.Invalid.class);
    assertThat(asked).isEmpty();
    assertThat(verify(Specimen.presented("a.b.c"), ours, says("opaque", VALID))).isEqualTo(VALID);
    assertThat(asked).containsExactly("opaque");
  }

  @Test
  void withNobodyToAskTheTokenIsInvalid() {
    assertThat(verify(OPAQUE, Map.of())).isInstanceOf(Verification.Invalid.class);
    assertThat(verify(Specimen.rs256().presented(), Map.of()))
        .isInstanceOf(Verification.Invalid.class);
  }

  @Test
  void aJwtThatDoesNotReadStrictlyIsInvalidAndNobodyIsAsked_T44() {
    Map<String, AccessTokenVerifier> ours = Map.of(Specimen.ISSUER, says("ours", VALID));
    String token = Specimen.rs256().text();

    for (String spelling :
        List.of(token + "=", token.substring(0, token.length() - 1) + "+", token + "AAA")) {
      assertThat(verify(Specimen.presented(spelling), ours, says("opaque", VALID)))
          .isInstanceOf(Verification.Invalid.class);
      assertThat(asked).isEmpty();
    }
  }

  @Test
  void withOneIssuerAloneTheTokenIsNotReadForRouting() {
    Map<String, AccessTokenVerifier> ours = Map.of(Specimen.ISSUER, says("ours", INVALID));
    verify(Specimen.rs256().claim("iss", "https://c.example").presented(), ours);
    assertThat(asked).containsExactly("ours");
  }

  @Test
  void opaqueVerifiersAreAskedInOrderUntilOneVouches() {
    assertThat(verify(OPAQUE, Map.of(), says("1", INVALID), says("2", VALID), says("3", INVALID)))
        .isEqualTo(VALID);
    assertThat(asked).containsExactly("1", "2");
    assertThat(verify(OPAQUE, Map.of(), says("1", INVALID), says("2", INVALID))).isEqualTo(INVALID);
    assertThat(asked).containsExactly("1", "2");
  }

  @Test
  void oneThatCannotBeAskedMakesTheOthersNoAnswer_T74() {
    AccessTokenVerifier down = fails("down", new IssuerUnavailableException("down", null));

    assertThat(verify(OPAQUE, Map.of(), down, says("2", VALID))).isEqualTo(VALID);
    assertThatThrownBy(() -> verify(OPAQUE, Map.of(), down, says("2", INVALID)))
        .hasCauseInstanceOf(IssuerUnavailableException.class);
    assertThat(asked).containsExactly("down", "2");
    assertThatThrownBy(() -> verify(OPAQUE, Map.of(), says("1", INVALID), down))
        .hasCauseInstanceOf(IssuerUnavailableException.class);
  }

  @Test
  void aBugIsNotPaperedOverByTheNextVerifier_T100() {
    AccessTokenVerifier broken = fails("broken", new IllegalStateException("a bug"));

    assertThatThrownBy(() -> verify(OPAQUE, Map.of(), broken, says("2", VALID)))
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThat(asked).containsExactly("broken");
  }
}
