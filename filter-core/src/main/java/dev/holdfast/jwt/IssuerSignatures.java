package dev.holdfast.jwt;

import dev.holdfast.IssuerClient;
import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.internal.issuer.IssuerHttp;
import dev.holdfast.internal.jose.CompactJws;
import dev.holdfast.internal.jose.JoseHeader;
import dev.holdfast.internal.jose.SigningAlgorithm;
import dev.holdfast.jwt.keys.KeyLimits;
import dev.holdfast.jwt.keys.KeySet;
import dev.holdfast.jwt.keys.KeySetCache;
import dev.holdfast.jwt.keys.KeySetTiming;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether an issuer signed something that is no access token, by its published keys: with the
 * same rules, the same pace of fetches and the same limits as {@link JwtAccessTokenVerifier}.
 * Thread-safe.
 */
public final class IssuerSignatures implements AutoCloseable {
  private static final Duration EXCHANGE_DEADLINE = Duration.ofSeconds(5);
  private static final Duration FETCH_DEADLINE = Duration.ofSeconds(10);

  private final String issuer;
  private final Set<SigningAlgorithm> algorithms;
  private final KeySetCache keys;
  private final IssuerHttp http;

  private IssuerSignatures(
      String issuer, Set<SigningAlgorithm> algorithms, KeySetCache keys, IssuerHttp http) {
    this.issuer = issuer;
    this.algorithms = algorithms;
    this.keys = keys;
    this.http = http;
  }

  /**
   * The signatures of a transmitter of security events. Without an address of its keys, they are
   * found by its Shared Signals configuration too.
   *
   * @param trust whom to trust when calling it; null: the JVM's trust store
   * @param client what makes the requests, or null for Holdfast's own
   */
  public static IssuerSignatures ofTransmitter(
      JwtIssuer issuer, @Nullable SSLContext trust, Clock clock, @Nullable IssuerClient client) {
    IssuerHttp http =
        IssuerHttp.of(trust, EXCHANGE_DEADLINE, PublishedKeys.MAX_BODY_BYTES)
            .allowingPlainHttp(issuer.allowPlainHttp())
            .by(client);
    KeySetCache keys =
        new KeySetCache(
            PublishedKeys.ofTransmitter(http, issuer, FETCH_DEADLINE),
            KeySetTiming.of(KeyLimits.DEFAULTS),
            KeyLimits.DEFAULTS.maxWaiting(),
            clock,
            null);
    return new IssuerSignatures(
        issuer.issuer(), SigningAlgorithm.allowedBy(issuer.algorithms()), keys, http);
  }

  /**
   * Whether one of the issuer's keys signed, by an algorithm that is taken.
   *
   * @return exceptionally with {@link IssuerUnavailableException} when that cannot be found out
   */
  public CompletableFuture<Boolean> signed(CompactJws jws, JoseHeader header) {
    SigningAlgorithm algorithm = SigningAlgorithm.named(header.algorithm());
    if (algorithm == null || !algorithms.contains(algorithm)) {
      return CompletableFuture.completedFuture(false);
    }
    return keys.current()
        .thenCompose(
            known ->
                known.signed(algorithm, header.keyId(), jws)
                        || !known.mayLackKeyOf(algorithm, header.keyId())
                    ? completed(known)
                    : keys.newerThan(known))
        .thenApply(best -> best.signed(algorithm, header.keyId(), jws))
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedFuture(IssuerUnavailableException.named(failure, issuer)));
  }

  private static CompletableFuture<KeySet> completed(KeySet keys) {
    return CompletableFuture.completedFuture(keys);
  }

  /** Ends the fetch that is under way, and the timer. */
  @Override
  public void close() {
    keys.close();
    http.close();
  }
}
