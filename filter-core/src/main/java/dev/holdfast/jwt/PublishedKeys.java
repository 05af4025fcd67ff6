package dev.holdfast.jwt;

import dev.holdfast.IssuerClient;
import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.internal.issuer.HttpAnswer;
import dev.holdfast.internal.issuer.IssuerHttp;
import dev.holdfast.internal.jose.UnacceptableJoseException;
import dev.holdfast.internal.json.MalformedJsonException;
import dev.holdfast.internal.waiting.Deadline;
import dev.holdfast.internal.waiting.OwnThread;
import dev.holdfast.jwt.keys.KeyLimits;
import dev.holdfast.jwt.keys.KeySet;
import dev.holdfast.jwt.keys.KeySetCache;
import dev.holdfast.jwt.keys.KeySetOrigin;
import dev.holdfast.jwt.keys.KeySetTiming;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The keys as the issuer publishes them: at the configured address, or at the one that its metadata
 * names. The metadata is looked up at the first use and again after a failure, so that an issuer
 * that is down does not keep the API from starting, and one that moves is found. Each fetch has a
 * thread of its own: a request whose key is known never waits for it.
 */
final class PublishedKeys implements KeySetOrigin {
  static final int MAX_BODY_BYTES = 256 * 1024;
  private static final Duration EXCHANGE_DEADLINE = Duration.ofSeconds(5);
  private static final Duration FETCH_DEADLINE = Duration.ofSeconds(10);

  /** A key set has a media type of its own (RFC 7517 section 8.5.2), and some serve no other. */
  private static final String ACCEPTED = "application/jwk-set+json, application/json";

  private final IssuerHttp http;
  private final String issuer;
  private final @Nullable URI configured;
  private final IssuerMetadata metadata;
  private final Duration deadline;
  private volatile @Nullable URI discovered;

  /**
   * Keys over HTTP.
   *
   * @param deadline for discovery and key set together
   */
  PublishedKeys(IssuerHttp http, JwtIssuer issuer, Duration deadline) {
    this(http, issuer, IssuerMetadata.of(http, issuer), deadline);
  }

  private PublishedKeys(
      IssuerHttp http, JwtIssuer issuer, IssuerMetadata metadata, Duration deadline) {
    this.http = http;
    this.issuer = issuer.issuer();
    this.configured = issuer.jwkSetUri();
    this.metadata = metadata;
    this.deadline = deadline;
  }

  /** What fetches them. */
  static IssuerHttp http(
      JwtIssuer issuer, @Nullable SSLContext trust, @Nullable IssuerClient client) {
    return IssuerHttp.of(trust, EXCHANGE_DEADLINE, MAX_BODY_BYTES)
        .allowingPlainHttp(issuer.allowPlainHttp())
        .by(client);
  }

  /** The issuer's keys, kept and fetched again within these limits. */
  static KeySetCache cached(IssuerHttp http, JwtIssuer issuer, KeyLimits limits, Clock clock) {
    return cached(new PublishedKeys(http, issuer, FETCH_DEADLINE), limits, clock);
  }

  /** The same of one whose metadata may lie where a transmitter of events has them, too. */
  static KeySetCache cachedOfTransmitter(
      IssuerHttp http, JwtIssuer issuer, KeyLimits limits, Clock clock) {
    IssuerMetadata metadata = IssuerMetadata.ofTransmitter(http, issuer);
    return cached(new PublishedKeys(http, issuer, metadata, FETCH_DEADLINE), limits, clock);
  }

  private static KeySetCache cached(PublishedKeys keys, KeyLimits limits, Clock clock) {
    return new KeySetCache(keys, KeySetTiming.of(limits), limits.maxWaiting(), clock, null);
  }

  @Override
  public String issuer() {
    return issuer;
  }

  /** Every step of it ends at the deadline by itself, so that no timer is needed. */
  @Override
  public CompletableFuture<KeySet> fetch() {
    Deadline end = Deadline.in(deadline);
    return CompletableFuture.supplyAsync(
            () -> keysIn(http.get(address(end), ACCEPTED).ask(end)), OwnThread.EXECUTOR)
        .exceptionally(this::unavailable);
  }

  private URI address(Deadline end) {
    URI known = configured != null ? configured : discovered;
    if (known == null) {
      known = metadata.jwkSetUri(end);
      discovered = known;
    }
    return known;
  }

  private static KeySet keysIn(HttpAnswer answer) {
    if (answer.status() != 200) {
      throw new IssuerUnavailableException(
          "the key set's address answers with status "
              + answer.status()
              + (answer.status() / 100 == 3 ? ", and a redirect is not followed" : ""),
          null);
    }
    try {
      KeySet keys = KeySet.parse(answer.body());
      if (keys.isEmpty()) { // an outage: it says nothing about the keys that were good
        throw new IssuerUnavailableException("the key set has no key that can be used", null);
      }
      return keys;
    } catch (MalformedJsonException | UnacceptableJoseException e) {
      throw new IssuerUnavailableException("the answer is not a key set", e);
    }
  }

  private KeySet unavailable(Throwable failure) {
    discovered = null;
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    throw cause instanceof IssuerUnavailableException known
        ? known
        : new IssuerUnavailableException("the issuer's keys could not be fetched", cause);
  }
}
