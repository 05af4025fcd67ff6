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
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Checks what an issuer has signed that is no access token, by the keys that it publishes. They are
 * fetched at the first use, and used and fetched again as those of {@link JwtAccessTokenVerifier}.
 * Thread-safe.
 */
public final class IssuerSignatures implements AutoCloseable {
  private final String issuer;
  private final Set<SigningAlgorithm> algorithms;
  private final KeySetCache keys;
  private final IssuerHttp http;

  private IssuerSignatures(JwtIssuer issuer, KeySetCache keys, IssuerHttp http) {
    this.issuer = issuer.issuer();
    this.algorithms = SigningAlgorithm.allowedBy(issuer.algorithms());
    this.keys = keys;
    this.http = http;
  }

  /**
   * Signatures of this issuer.
   *
   * @param issuer whose keys and algorithms count; what it says of tokens does not
   * @param trust whom to trust when calling the issuer; null: the JVM's trust store
   * @param client what makes the requests, or null for Holdfast's own
   */
  public static IssuerSignatures of(
      JwtIssuer issuer,
      KeyLimits limits,
      @Nullable SSLContext trust,
      Clock clock,
      @Nullable IssuerClient client) {
    IssuerHttp http = PublishedKeys.http(issuer, trust, client);
    return new IssuerSignatures(issuer, PublishedKeys.cached(http, issuer, limits, clock), http);
  }

  /**
   * Signatures of a transmitter of security events. Without an address of its keys, they are found
   * by its Shared Signals configuration too.
   *
   * @param issuer the transmitter; its algorithms count, and what it says of tokens does not
   * @param trust whom to trust when calling it; null: the JVM's trust store
   * @param client what makes the requests, or null for Holdfast's own
   */
  public static IssuerSignatures ofTransmitter(
      JwtIssuer issuer, @Nullable SSLContext trust, Clock clock, @Nullable IssuerClient client) {
    IssuerHttp http = PublishedKeys.http(issuer, trust, client);
    return new IssuerSignatures(
        issuer, PublishedKeys.cachedOfTransmitter(http, issuer, KeyLimits.DEFAULTS, clock), http);
  }

  /**
   * Whether a key of the issuer made the signature, by an algorithm that is taken from it.
   *
   * @return fails with {@link IssuerUnavailableException} when the keys are out of reach
   */
  public CompletableFuture<Boolean> hold(CompactJws jws, JoseHeader header) {
    SigningAlgorithm algorithm = SigningAlgorithm.named(header.algorithm());
    if (algorithm == null || !algorithms.contains(algorithm)) {
      return CompletableFuture.completedFuture(false);
    }
    return keys.current()
        .thenCompose(
            known ->
                known.signed(algorithm, header.keyId(), jws)
                    ? CompletableFuture.completedFuture(true)
                    : byNewerKeys(known, algorithm, header, jws))
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedFuture(IssuerUnavailableException.named(failure, issuer)));
  }

  private CompletableFuture<Boolean> byNewerKeys(
      KeySet known, SigningAlgorithm algorithm, JoseHeader header, CompactJws jws) {
    return known.mayLackKeyOf(algorithm, header.keyId())
        ? keys.newerThan(known).thenApply(fresh -> fresh.signed(algorithm, header.keyId(), jws))
        : CompletableFuture.completedFuture(false);
  }

  /** Ends the fetch that is under way, and the timer. */
  @Override
  public void close() {
    keys.close();
    http.close();
  }
}
