package dev.holdfast.jwt;

import dev.holdfast.AccessTokenVerifier;
import dev.holdfast.ClaimRules;
import dev.holdfast.IssuerClient;
import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.PresentedToken;
import dev.holdfast.Verification;
import dev.holdfast.internal.issuer.IssuerHttp;
import dev.holdfast.internal.jose.SigningAlgorithm;
import dev.holdfast.internal.jose.UnacceptableJoseException;
import dev.holdfast.jwt.keys.KeyLimits;
import dev.holdfast.jwt.keys.KeySet;
import dev.holdfast.jwt.keys.KeySetCache;
import java.time.Clock;
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
 *   <li>the signature holds with a key that fits {@code alg} and, where the token has a {@code
 *       kid}, goes by that name
 *   <li>the claims are an access token's and stand now: {@link ClaimRules}, with {@code iss} and
 *       {@code exp} required
 * </ol>
 *
 * <p>Nothing is fetched before the first token arrives. A token whose key is unknown has the keys
 * fetched again, at most once a second, while tokens with known keys go on without waiting; it is
 * invalid when the issuer does not have its key, and the issuer is unavailable when that cannot be
 * found out. How long keys are used without a fetch, and how many callers wait for one, is in
 * {@link KeyLimits}; beyond, or when there never were any keys, the result is {@link
 * IssuerUnavailableException}. Thread-safe.
 */
public final class JwtAccessTokenVerifier implements AccessTokenVerifier, AutoCloseable {
  private final Set<SigningAlgorithm> algorithms;
  private final AcceptedTypes types;
  private final KeySetCache keys;
  private final ClaimRules rules;
  private final @Nullable IssuerHttp http;

  JwtAccessTokenVerifier(JwtIssuer issuer, KeySetCache keys, Clock clock) {
    this(issuer, keys, clock, null);
  }

  private JwtAccessTokenVerifier(
      JwtIssuer issuer, KeySetCache keys, Clock clock, @Nullable IssuerHttp http) {
    this.http = http;
    this.algorithms = SigningAlgorithm.allowedBy(issuer.algorithms());
    this.types = AcceptedTypes.of(issuer.types());
    this.keys = keys;
    this.rules =
        new ClaimRules(
            issuer.issuer(),
            issuer.audiences(),
            Set.of(ClaimRules.RequiredClaim.ISSUER, ClaimRules.RequiredClaim.EXPIRY),
            issuer.clockSkew(),
            clock);
  }

  /** A verifier with {@link KeyLimits#DEFAULTS}. */
  public static JwtAccessTokenVerifier of(
      JwtIssuer issuer, @Nullable SSLContext trust, Clock clock) {
    return of(issuer, KeyLimits.DEFAULTS, trust, clock, null);
  }

  /**
   * A verifier that fetches the issuer's keys over HTTP when it first needs them.
   *
   * @param trust whom to trust when calling the issuer; null: the JVM's trust store
   * @param clock for the claims and for the age of the keys
   * @param client what makes the requests, or null for Holdfast's own
   */
  public static JwtAccessTokenVerifier of(
      JwtIssuer issuer,
      KeyLimits limits,
      @Nullable SSLContext trust,
      Clock clock,
      @Nullable IssuerClient client) {
    IssuerHttp http = PublishedKeys.http(issuer, trust, client);
    KeySetCache keys = PublishedKeys.cached(http, issuer, limits, clock);
    return new JwtAccessTokenVerifier(issuer, keys, clock, http);
  }

  /** Ends the fetch that is under way, and the timer. */
  @Override
  public void close() {
    keys.close();
    if (http != null) {
      http.close();
    }
  }

  @Override
  public CompletableFuture<Verification> verify(PresentedToken token) {
    try {
      return verify(UnverifiedJwt.read(token.value()));
    } catch (UnacceptableJoseException e) {
      return invalid(e.rule());
    }
  }

  /** As {@link #verify(PresentedToken)}, for a router that has read the token already. */
  CompletableFuture<Verification> verify(UnverifiedJwt jwt) {
    SigningAlgorithm algorithm = SigningAlgorithm.named(jwt.header().algorithm());
    if (algorithm == null || !algorithms.contains(algorithm)) {
      return invalid("alg is not one that is taken from this issuer");
    }
    if (!types.accepts(jwt.header().type())) {
      return invalid("typ is not an access token's");
    }
    CompletableFuture<KeySet> current = named(keys.current());
    if (current.isCompletedExceptionally() && !rules.issuer().equals(jwt.claimedIssuer())) {
      return invalid("iss is not the issuer that vouches"); // whatever its keys are
    }
    return current.isDone()
        ? current.thenCompose(known -> check(jwt, algorithm, known))
        // not on the thread that fetched: many may have waited for these keys
        : current.thenApplyAsync(fresh -> checkWithFreshKeys(jwt, algorithm, fresh));
  }

  /** The same; an outage says of which issuer. Keys at hand cost nothing. */
  private CompletableFuture<KeySet> named(CompletableFuture<KeySet> looked) {
    return looked.isDone() && !looked.isCompletedExceptionally()
        ? looked
        : looked.exceptionallyCompose(
            failure ->
                CompletableFuture.failedFuture(
                    IssuerUnavailableException.named(failure, rules.issuer())));
  }

  private CompletableFuture<Verification> check(
      UnverifiedJwt jwt, SigningAlgorithm algorithm, KeySet known) {
    if (known.signed(algorithm, jwt.header().keyId(), jwt.jws())) {
      return CompletableFuture.completedFuture(claimed(jwt));
    }
    if (!known.mayLackKeyOf(algorithm, jwt.header().keyId())) {
      return invalid("the signature does not hold");
    }
    CompletableFuture<KeySet> newer = named(keys.newerThan(known));
    return newer.isDone()
        ? newer.thenApply(fresh -> checkWithFreshKeys(jwt, algorithm, fresh))
        : newer.thenApplyAsync(fresh -> checkWithFreshKeys(jwt, algorithm, fresh));
  }

  /** With keys that are as new as can be had: what they do not sign is not the issuer's. */
  private Verification checkWithFreshKeys(
      UnverifiedJwt jwt, SigningAlgorithm algorithm, KeySet fresh) {
    if (fresh.signed(algorithm, jwt.header().keyId(), jwt.jws())) {
      return claimed(jwt);
    }
    return new Verification.Invalid(
        fresh.mayLackKeyOf(algorithm, jwt.header().keyId())
            ? "no key of the issuer signed it"
            : "the signature does not hold");
  }

  private Verification claimed(UnverifiedJwt signed) {
    String brokenRule =
        OtherJwt.brokenRule(
            signed.header().type(), signed.claims(), rules.demandedAudienceHolds(signed.claims()));
    return brokenRule != null ? new Verification.Invalid(brokenRule) : rules.check(signed.claims());
  }

  private static CompletableFuture<Verification> invalid(String rule) {
    return CompletableFuture.completedFuture(new Verification.Invalid(rule));
  }
}
