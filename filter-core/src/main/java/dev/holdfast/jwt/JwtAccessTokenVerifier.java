package dev.holdfast.jwt;

import dev.holdfast.AccessTokenVerifier;
import dev.holdfast.ClaimRules;
import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.PresentedToken;
import dev.holdfast.Verification;
import dev.holdfast.internal.crypto.SigningAlgorithm;
import dev.holdfast.internal.http.IssuerHttp;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Verifies access-token JWTs of one issuer by its published keys (RFC 9068 section 4).
 *
 * <ol>
 *   <li>strict compact JWS, strict JSON, no {@code crit}
 *   <li>{@code alg} is one of those allowed, {@code typ} is an access token's
 *   <li>the signature holds with the key that {@code kid} names, or with one that fits
 *   <li>the claims are an access token's and stand now: {@link ClaimRules}, with {@code iss} and
 *       {@code exp} required
 * </ol>
 *
 * <p>Nothing is fetched before the first token arrives. A token whose key is unknown has the keys
 * fetched again, at most once in 30 seconds, while tokens with known keys go on without waiting.
 * Keys are used for 5 minutes, and for an hour at most while the issuer is out of reach; then, or
 * when there never were any, the result is {@link IssuerUnavailableException}. Thread-safe.
 */
public final class JwtAccessTokenVerifier implements AccessTokenVerifier {
  private static final Duration EXCHANGE_DEADLINE = Duration.ofSeconds(5);
  private static final Duration FETCH_DEADLINE = Duration.ofSeconds(10);

  private final Set<String> algorithms;
  private final AcceptedTypes types;
  private final KeySetCache keys;
  private final ClaimRules rules;

  JwtAccessTokenVerifier(JwtIssuer issuer, KeySetCache keys, Clock clock) {
    this.algorithms = issuer.algorithms();
    this.types = AcceptedTypes.of(issuer.types());
    this.keys = keys;
    this.rules =
        new ClaimRules(
            issuer.issuer(),
            issuer.audiences(),
            Set.of(ClaimRules.Requirement.ISSUER, ClaimRules.Requirement.EXPIRY),
            issuer.clockSkew(),
            clock);
  }

  /**
   * A verifier that fetches the issuer's keys over HTTP when it first needs them.
   *
   * @param trust whom to trust when calling the issuer; null: the JVM's trust store
   * @param clock for the claims and for the age of the keys
   */
  public static JwtAccessTokenVerifier of(
      JwtIssuer issuer, @Nullable SSLContext trust, Clock clock) {
    IssuerHttp http =
        IssuerHttp.of(trust, EXCHANGE_DEADLINE, PublishedKeys.MAX_BODY_BYTES)
            .allowingPlainHttp(issuer.allowPlainHttp());
    KeySetOrigin origin = new PublishedKeys(http, issuer, FETCH_DEADLINE);
    return new JwtAccessTokenVerifier(
        issuer, new KeySetCache(origin, KeySetTiming.DEFAULTS, clock), clock);
  }

  @Override
  public CompletableFuture<Verification> verify(PresentedToken token) {
    try {
      return verify(UnverifiedJwt.read(token.value()));
    } catch (UnacceptableJwtException e) {
      return invalid(e.rule());
    }
  }

  /** As {@link #verify(PresentedToken)}, for a router that has read the token already. */
  CompletableFuture<Verification> verify(UnverifiedJwt jwt) {
    SigningAlgorithm algorithm = SigningAlgorithm.named(jwt.header().algorithm());
    if (algorithm == null || !algorithms.contains(algorithm.text())) {
      return invalid("alg is not one that is taken from this issuer");
    }
    if (!types.accepts(jwt.header().type())) {
      return invalid("typ is not an access token's");
    }
    CompletableFuture<KeySet> current = keys.current();
    return current.isDone()
        ? current.thenCompose(known -> check(jwt, algorithm, known))
        // not on the thread that fetched: many may have waited for these keys
        : current.thenApplyAsync(fresh -> checkWithFreshKeys(jwt, algorithm, fresh));
  }

  private CompletableFuture<Verification> check(
      UnverifiedJwt jwt, SigningAlgorithm algorithm, KeySet known) {
    if (known.signed(algorithm, jwt.jws())) {
      return CompletableFuture.completedFuture(claimed(jwt));
    }
    if (!known.mayLackKeyOf(jwt.jws())) {
      return invalid("the signature does not hold");
    }
    CompletableFuture<KeySet> newer = keys.newerThan(known);
    return newer.isDone()
        ? newer.thenApply(fresh -> checkWithFreshKeys(jwt, algorithm, fresh))
        : newer.thenApplyAsync(fresh -> checkWithFreshKeys(jwt, algorithm, fresh));
  }

  /** With keys that are as new as can be had: what they do not sign is not the issuer's. */
  private Verification checkWithFreshKeys(
      UnverifiedJwt jwt, SigningAlgorithm algorithm, KeySet fresh) {
    if (fresh.signed(algorithm, jwt.jws())) {
      return claimed(jwt);
    }
    return new Verification.Invalid(
        fresh.mayLackKeyOf(jwt.jws())
            ? "no key of the issuer signed it"
            : "the signature does not hold");
  }

  private Verification claimed(UnverifiedJwt signed) {
    String brokenRule = OtherJwt.brokenRule(signed.header().type(), signed.claims());
    return brokenRule != null ? new Verification.Invalid(brokenRule) : rules.check(signed.claims());
  }

  private static CompletableFuture<Verification> invalid(String rule) {
    return CompletableFuture.completedFuture(new Verification.Invalid(rule));
  }
}
