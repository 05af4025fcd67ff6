package dev.holdfast.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Verification;
import dev.holdfast.jwt.keys.KeySetCache;
import dev.holdfast.jwt.keys.KeySetOrigin;
import dev.holdfast.jwt.keys.KeySetTiming;
import dev.holdfast.testing.SettableClock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A verifier that has the keys of {@link Specimen}, at the time of {@link Specimen}. */
abstract class JwtVerifierFixture {
  final SettableClock clock = new SettableClock(Specimen.NOW);

  JwtAccessTokenVerifier verifier(Set<String> algorithms, Set<String> types) {
    return verifier(Set.of(Specimen.AUDIENCE), algorithms, types);
  }

  JwtAccessTokenVerifier verifier(
      Set<String> audiences, Set<String> algorithms, Set<String> types) {
    JwtIssuer issuer =
        new JwtIssuer(Specimen.ISSUER, null, audiences, algorithms, types, Duration.ofSeconds(10));
    KeySetOrigin origin = () -> CompletableFuture.completedFuture(Specimen.allKeys());
    return new JwtAccessTokenVerifier(
        issuer, new KeySetCache(origin, KeySetTiming.DEFAULTS, clock), clock);
  }

  void accepts(String token) {
    assertThat(verifier(Set.of(), Set.of()).verify(Specimen.presented(token)).join())
        .isInstanceOf(Verification.Valid.class);
  }

  void refuses(String token, String rule) {
    assertThat(verifier(Set.of(), Set.of()).verify(Specimen.presented(token)).join())
        .isEqualTo(new Verification.Invalid(rule));
  }
}
