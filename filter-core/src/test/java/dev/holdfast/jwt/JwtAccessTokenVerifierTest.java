package dev.holdfast.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.Verification;
import dev.holdfast.jwt.keys.KeySetCache;
import dev.holdfast.jwt.keys.KeySetOrigin;
import dev.holdfast.jwt.keys.KeySetTiming;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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
  void timesAreSecondsAndHold_T45_C27_C28_C91() {
    long now = Specimen.NOW.getEpochSecond();
    accepts(Specimen.rs256().claim("exp", now + 1).text());
    refuses(Specimen.rs256().claim("exp", now).text(), "exp has passed: 0 s ago");
    refuses(Specimen.rs256().claim("exp", now - 33).text(), "exp has passed: 33 s ago");
    refuses(Specimen.rs256().withoutClaim("exp").text(), "exp is missing");
    for (Object lawful : List.of(now + 300.25, now + 300.0, 9_223_372_036_854_775L, 1e300)) {
      accepts(Specimen.rs256().claim("exp", lawful).text());
    }
    accepts(Specimen.rs256().claim("nbf", now - 0.5).claim("iat", now + 9.75).text());
    for (Object odd : List.of("" + (now + 300), -1, true, List.of(now + 300))) {
      refuses(
          Specimen.rs256().claim("exp", odd).text(),
          "exp is not a number of seconds since the epoch");
    }
    for (String name : List.of("nbf", "iat")) {
      accepts(Specimen.rs256().claim(name, now + 10).text());
      refuses(
          Specimen.rs256().claim(name, now + 11).text(),
          name + " lies in the future: by 11 s, and 10 s are allowed");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.8E9", "1800000000.0", "18e8", "1.800000000250e9", "18000000000e-1"})
  void aTimeInAnyOfJsonsSpellingsIsTheSame_C27(String number) {
    accepts(Specimen.rs256().textWith("exp", number));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "-1e999999999", "1e400", "NaN", "Infinity", "+1", "01"})
  void aNumberThatIsNoneOrHasNoEndIsRefused_T43_C27(String number) {
    refuses(Specimen.rs256().textWith("exp", number), "the claims are not one strict JSON object");
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

  /** Anybody can write such a token: it is no outage of the issuer that is configured. */
  @Test
  void aTokenOfAnotherIssuerIsRefusedInAnOutageToo() {
    JwtIssuer issuer =
        new JwtIssuer(Specimen.ISSUER, null, Set.of(), Set.of(), Set.of(), Duration.ofSeconds(10));
    KeySetOrigin origin =
        () ->
            CompletableFuture.failedFuture(
                new IssuerUnavailableException("the issuer did not answer in time", null));
    JwtAccessTokenVerifier verifier =
        new JwtAccessTokenVerifier(
            issuer, new KeySetCache(origin, KeySetTiming.DEFAULTS, clock), clock);

    assertThat(
            verifier
                .verify(Specimen.rs256().claim("iss", "https://other.example").presented())
                .join())
        .isEqualTo(new Verification.Invalid("iss is not the issuer that vouches"));
    assertThatThrownBy(() -> verifier.verify(Specimen.rs256().presented()).join())
        .hasCauseInstanceOf(IssuerUnavailableException.class);
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
    for (String mark : List.of("at_hash", "c_hash", "s_hash", "events")) {
      refuses(
          Specimen.rs256().header("typ", "JWT").claim(mark, "x").text(),
          mark + " belongs to an ID token or an event, not to an access token");
      accepts(Specimen.rs256().claim(mark, "x").text()); // at+jwt says what it is
    }
    accepts(Specimen.rs256().claim("nonce", "x").text());
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
    refuses(
        Specimen.rs256().claim("typ", "Refresh").text(),
        "typ says that this is not an access token"); // at+jwt cannot be one as well
  }
}
