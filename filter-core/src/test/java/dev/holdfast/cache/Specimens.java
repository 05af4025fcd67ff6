package dev.holdfast.cache;

import dev.holdfast.ClaimRules;
import dev.holdfast.PresentedToken;
import dev.holdfast.PresentedToken.Scheme;
import dev.holdfast.Verification;
import dev.holdfast.Verification.Invalid;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Tokens and answers for the tests of this package. */
final class Specimens {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  static final CacheLimits LIMITS =
      new CacheLimits(Duration.ofMinutes(1), 1000, Duration.ofSeconds(5), 100);
  static final Invalid INACTIVE = new Invalid("inactive", Invalid.Finding.ISSUER_ASKED);

  private Specimens() {}

  static PresentedToken token(String value) {
    return PresentedToken.of(Scheme.BEARER, value);
  }

  /** A good answer of this issuer, as of noon. */
  static Verification valid(String issuer, @Nullable Instant expiresAt) {
    Map<String, Object> claims = new HashMap<>(Map.of("sub", "alice"));
    if (expiresAt != null) {
      claims.put("exp", expiresAt.getEpochSecond());
    }
    Clock noon = Clock.fixed(NOON, java.time.ZoneOffset.UTC);
    Verification answer =
        new ClaimRules(issuer, Set.of(), Set.of(), Duration.ZERO, noon).check(claims);
    if (answer instanceof Verification.Valid) {
      return answer;
    }
    throw new AssertionError(answer);
  }

  static Verification valid() {
    return valid("https://as.example", null);
  }

  static Verification settled(CompletableFuture<Verification> future) {
    try {
      return future.get(20, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
