package dev.holdfast.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** T101: a setting that cannot be safe stops the start. */
class JwtIssuerTest {

  private static JwtIssuer issuer(String issuer, String jwkSetUri) {
    return new JwtIssuer(
        issuer,
        jwkSetUri == null ? null : URI.create(jwkSetUri),
        Set.of(),
        Set.of(),
        Set.of(),
        Duration.ZERO);
  }

  private static JwtIssuer taking(Set<String> algorithms, Set<String> types) {
    return new JwtIssuer(
        "https://as.example", null, Set.of(), algorithms, types, Duration.ofSeconds(10));
  }

  @Test
  void emptyAlgorithmsAndTypesMeanTheDefaults() {
    assertThat(taking(Set.of(), Set.of()).algorithms())
        .containsExactlyInAnyOrder("RS256", "PS256", "ES256", "ES384", "EdDSA", "Ed25519");
    assertThat(taking(Set.of(), Set.of()).types()).containsExactlyInAnyOrder("at+jwt", "JWT", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "HS256", "HS384", "HS512", "rs256", "ES256K", "RS1", ""})
  void anAlgorithmThatIsNotAsymmetricOrKnownIsRefused_T39(String algorithm) {
    taking(Set.of("RS256", "PS512", "ES512", "Ed25519"), Set.of());
    assertThatThrownBy(() -> taking(Set.of("RS256", algorithm), Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dpop+jwt", "DPoP+jwt", "application/dpop+jwt", "logout+jwt", "id_token"})
  void aTypeOfAnotherKindIsRefused_T46(String type) {
    taking(Set.of(), Set.of("at+jwt", "JWT", "example+jwt"));
    assertThatThrownBy(() -> taking(Set.of(), Set.of("at+jwt", type)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "*", "at+jwt;charset=utf-8", "application/", " "})
  void whatNoTokenCouldSayIsRefused(String type) {
    taking(Set.of(), Set.of("vnd.example.token+jwt", "example/token", "application/at+jwt"));
    assertThatThrownBy(() -> taking(Set.of(), Set.of("at+jwt", type)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a token without typ is taken where no types are written");
  }

  @Test
  void addressesAreHttpsOrLoopback_T101() {
    issuer("https://as.example/tenant", null);
    issuer("http://localhost:8080", null);
    issuer("accounts.example", "https://as.example/jwks");
    issuer("accounts.example", "http://127.0.0.1:8080/jwks");
    for (String bad :
        new String[] {"http://as.example", "as.example", "", " ", "https://as.example?tenant=1"}) {
      assertThatThrownBy(() -> issuer(bad, null)).isInstanceOf(IllegalArgumentException.class);
    }
    for (String bad : new String[] {"http://as.example/jwks", "/jwks", "file:///jwks"}) {
      assertThatThrownBy(() -> issuer("https://as.example", bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aNegativeSkewIsRefused() {
    assertThatThrownBy(
            () ->
                new JwtIssuer(
                    "https://as.example",
                    null,
                    Set.of(),
                    Set.of(),
                    Set.of(),
                    Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
