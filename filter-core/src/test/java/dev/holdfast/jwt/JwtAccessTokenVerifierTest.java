package dev.holdfast.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Verification;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The claims and the kind of token: one valid token, one mutation at a time. */
class JwtAccessTokenVerifierTest extends JwtVerifierFixture {
  @Test
  void aValidTokenBecomesAnAccessToken() {
    Verification verification =
        verifier(Set.of(), Set.of()).verify(Specimen.rs256().presented()).join();

    assertThat(verification)
        .isInstanceOfSatisfying(
            Verification.Valid.class,
            valid -> {
              assertThat(valid.token().issuer()).isEqualTo(Specimen.ISSUER);
              assertThat(valid.token().subject()).isEqualTo("alice");
              assertThat(valid.token().scopes()).containsExactlyInAnyOrder("accounts", "payments");
            });
  }

  @Test
  void timesAreWholeSecondsAndHold_T45() {
    long now = Specimen.NOW.getEpochSecond();
    accepts(Specimen.rs256().claim("exp", now + 1).text());
    refuses(Specimen.rs256().claim("exp", now).text(), "exp has passed");
    refuses(Specimen.rs256().withoutClaim("exp").text(), "exp is missing");
    for (Object odd : List.of("" + (now + 300), -1, now + 300.5, 1e300)) {
      refuses(Specimen.rs256().claim("exp", odd).text(), "exp is not a whole number of seconds");
    }
    accepts(Specimen.rs256().claim("nbf", now + 10).text());
    refuses(Specimen.rs256().claim("nbf", now + 11).text(), "nbf lies in the future");
    accepts(Specimen.rs256().claim("iat", now + 10).text());
    refuses(Specimen.rs256().claim("iat", now + 11).text(), "iat lies in the future");
  }

  @Test
  void issuerAndAudienceMustBeThere() {
    refuses(Specimen.rs256().withoutClaim("iss").text(), "iss is not the issuer that vouches");
    refuses(
        Specimen.rs256().claim("iss", Specimen.ISSUER + "/").text(),
        "iss is not the issuer that vouches");
    refuses(Specimen.rs256().withoutClaim("aud").text(), "aud names no audience of this service");
    accepts(Specimen.rs256().claim("aud", List.of("other", Specimen.AUDIENCE)).text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"at+jwt", "AT+JWT", "application/at+jwt", "Application/AT+jwt", "JWT", "jwt"})
  void anAccessTokensTypeIsAcceptedInAnyCase_T46(String type) {
    accepts(Specimen.rs256().header("typ", type).text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dpop+jwt",
        "DPoP+JWT",
        "application/dpop+jwt",
        "id_token",
        "id_token+jwt",
        "logout+jwt",
        "token-introspection+jwt",
        "secevent+jwt",
        "JWS",
        "JOSE",
        "",
        "application/",
        "at+jwt "
      })
  void anotherKindsTypeIsRefused_T46(String type) {
    refuses(Specimen.rs256().header("typ", type).text(), "typ is not an access token's");
  }

  @Test
  void aMissingTypeIsAcceptedUnlessTypesAreConfigured_T46() {
    accepts(Specimen.rs256().withoutHeader("typ").text());
    JwtAccessTokenVerifier strict = verifier(Set.of(), Set.of("at+jwt"));

    assertThat(strict.verify(Specimen.rs256().presented()).join())
        .isInstanceOf(Verification.Valid.class);
    for (Specimen other :
        List.of(Specimen.rs256().withoutHeader("typ"), Specimen.rs256().header("typ", "JWT"))) {
      assertThat(strict.verify(other.presented()).join())
          .isEqualTo(new Verification.Invalid("typ is not an access token's"));
    }
  }

  @Test
  void anIdTokenOfTypeJwtIsRefused_T46() {
    accepts(Specimen.rs256().header("typ", "JWT").claim("azp", "payments-app").text());
    for (String mark : List.of("at_hash", "c_hash", "s_hash", "events", "nonce")) {
      assertThat(
              verifier(Set.of(), Set.of())
                  .verify(Specimen.rs256().header("typ", "JWT").claim(mark, "x").presented())
                  .join())
          .as(mark)
          .isInstanceOf(Verification.Invalid.class);
      accepts(Specimen.rs256().claim(mark, "x").text()); // at+jwt says what it is
    }
  }

  @Test
  void keycloaksOwnKindsAreToldApart_T46() {
    accepts(Specimen.rs256().header("typ", "JWT").claim("typ", "Bearer").text());
    accepts(Specimen.rs256().header("typ", "JWT").claim("typ", "DPoP").text());
    accepts(
        Specimen.rs256().header("typ", "JWT").claim("typ", "Bearer").claim("nonce", "n").text());
    for (Object kind : List.of("ID", "Refresh", "Offline", "Logout", 1)) {
      refuses(
          Specimen.rs256().header("typ", "JWT").claim("typ", kind).text(),
          "the claim typ says that this is not an access token");
    }
  }

  @Test
  void aTokenWhoseOnlyAudienceIsItsClientIsAnIdToken_T46() {
    Specimen idToken =
        Specimen.rs256().header("typ", "JWT").claim("azp", Specimen.AUDIENCE).withoutClaim("scope");
    refuses(idToken.text(), "the only audience is the client itself: this is an ID token");
    refuses(
        idToken.claim("aud", List.of(Specimen.AUDIENCE)).text(),
        "the only audience is the client itself: this is an ID token");
    accepts(idToken.claim("scope", "accounts").text());
  }
}
