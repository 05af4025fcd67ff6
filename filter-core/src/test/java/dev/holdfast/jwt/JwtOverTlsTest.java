package dev.holdfast.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.PresentedToken;
import dev.holdfast.Verification;
import dev.holdfast.testing.TestIssuer;
import dev.holdfast.testing.ThrowAwayPki;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The whole slice against an issuer on real TLS. */
@Tag("verify")
class JwtOverTlsTest {
  private final ThrowAwayPki pki = ThrowAwayPki.create();
  private final TestIssuer issuer = TestIssuer.start(pki);

  @AfterEach
  void close() {
    issuer.close();
  }

  private JwtAccessTokenVerifier verifier(URI jwkSetUri, SSLContext trust) {
    return JwtAccessTokenVerifier.of(
        new JwtIssuer(
            issuer.issuer(),
            jwkSetUri,
            Set.of("https://api.example"),
            Set.of(),
            Set.of(),
            Duration.ofSeconds(10)),
        trust,
        Clock.systemUTC());
  }

  private PresentedToken token() {
    return Specimen.presented(issuer.jwt(issuer.claims(null)));
  }

  @Test
  void discoveredKeysVerifyTokensAndAreFetchedOnce() {
    JwtAccessTokenVerifier verifier = verifier(null, pki.sslContext());

    assertThat(issuer.keySetFetches()).isZero();
    assertThat(verifier.verify(token()).join()).isInstanceOf(Verification.Valid.class);
    Map<String, Object> claims = issuer.claims(null);
    String es256 = issuer.sign(JWSAlgorithm.ES256, claims, header -> {});
    assertThat(verifier.verify(Specimen.presented(es256)).join())
        .isInstanceOf(Verification.Valid.class);
    assertThat(issuer.keySetFetches()).isEqualTo(1);
  }

  @Test
  void keysAtAConfiguredAddressVerifyTokens() {
    assertThat(verifier(URI.create(issuer.jwkSetUri()), pki.sslContext()).verify(token()).join())
        .isInstanceOf(Verification.Valid.class);
  }

  @Test
  void aServerOfAnotherAuthorityIsUnavailable_T81() {
    for (SSLContext trust : new SSLContext[] {ThrowAwayPki.create().sslContext(), null}) {
      assertThatThrownBy(() -> verifier(null, trust).verify(token()).join())
          .hasCauseInstanceOf(IssuerUnavailableException.class);
    }
    assertThat(issuer.keySetFetches()).isZero();
  }

  @Test
  void aNewKeyWorksAfterOneMoreFetch_T49() {
    JwtAccessTokenVerifier verifier = verifier(null, pki.sslContext());
    var rsaKey = issuer.publishedKeys().remove(0);
    String es256 = issuer.sign(JWSAlgorithm.ES256, issuer.claims(null), header -> {});
    assertThat(verifier.verify(Specimen.presented(es256)).join())
        .isInstanceOf(Verification.Valid.class);

    issuer.publishedKeys().add(rsaKey);
    assertThat(verifier.verify(token()).join()).isInstanceOf(Verification.Valid.class);
    assertThat(issuer.keySetFetches()).isEqualTo(2);
  }

  @Test
  void unknownKidsCauseOneFetchAnInterval_T48() {
    JwtAccessTokenVerifier verifier = verifier(null, pki.sslContext());
    verifier.verify(token()).join();
    List<CompletableFuture<Verification>> flood = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String kid = "random-" + i;
      String token =
          issuer.sign(JWSAlgorithm.RS256, issuer.claims(null), header -> header.keyID(kid));
      flood.add(verifier.verify(Specimen.presented(token)));
    }
    for (CompletableFuture<Verification> refused : flood) {
      assertThat(refused.join()).isInstanceOf(Verification.Invalid.class);
    }
    assertThat(issuer.keySetFetches()).isLessThan(10); // one a second
  }

  @Test
  void aRouterReachesTheVerifierWithAnAlreadyReadToken() {
    JwtAccessTokenVerifier verifier = verifier(null, pki.sslContext());
    IssuerRouter router =
        new IssuerRouter(
            Map.of(issuer.issuer(), verifier, "https://other.example", verifier), List.of());

    assertThat(router.verify(token()).join()).isInstanceOf(Verification.Valid.class);
  }
}
