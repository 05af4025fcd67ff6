package dev.holdfast.events.receiver;

import static java.util.concurrent.CompletableFuture.completedFuture;

import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.Sha256Digest;
import dev.holdfast.events.TokenEviction;
import dev.holdfast.events.message.EventRules;
import dev.holdfast.events.message.LogoutToken;
import dev.holdfast.events.message.RejectedEventException;
import dev.holdfast.events.message.RejectedEventException.Reason;
import dev.holdfast.events.message.SecurityEvent;
import dev.holdfast.events.message.SecurityEventToken;
import dev.holdfast.internal.jose.CompactJws;
import dev.holdfast.internal.jose.JoseHeader;
import dev.holdfast.internal.jose.UnacceptableJoseException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages about security events, however they were delivered, and does what they demand.
 *
 * <ol>
 *   <li>a strict compact JWS, whose {@code iss} is a transmitter's
 *   <li>whoever pushes authenticates as it, where that is demanded; what was polled is of the
 *       transmitter that was asked
 *   <li>{@code typ} and {@code aud} are right for it, and one of its keys signed
 *   <li>the claims are whole and in time
 *   <li>what was done before is not done again
 *   <li>the tokens of its subject are revoked, and only then it counts as done
 * </ol>
 *
 * <p>Each method completes with nothing when the message is done, with the rejection of one that
 * has changed nothing, or exceptionally with {@link IssuerUnavailableException} when it is to be
 * delivered again. Thread-safe.
 */
public final class EventIntake {
  private final Map<String, Transmitter> transmitters;
  private final TokenEviction eviction;
  private final EventRules rules;
  private final DoneEvents done = new DoneEvents();
  private final EventLog log = new EventLog();

  /** An intake of what these transmit. */
  public EventIntake(List<Transmitter> transmitters, TokenEviction eviction, EventRules rules) {
    this.transmitters =
        transmitters.stream()
            .collect(Collectors.toUnmodifiableMap(Transmitter::issuer, Function.identity()));
    this.eviction = eviction;
    this.rules = rules;
  }

  /**
   * Why a message is not taken.
   *
   * @param scheme that of the authentication that failed; null for all other reasons
   */
  record Rejection(RejectedEventException reason, @Nullable String scheme) {}

  /** What became of messages. */
  public EventStatistics statistics() {
    return log.statistics();
  }

  /** A security event token that was pushed with these {@code Authorization} fields. */
  CompletionStage<Optional<Rejection>> pushed(String text, List<String> authorizations) {
    try {
      Unverified message = Unverified.read(text);
      Transmitter transmitter = transmitter(message);
      if (!transmitter.isAuthenticatedBy(authorizations)) {
        RejectedEventException failed =
            new RejectedEventException(
                Reason.AUTHENTICATION_FAILED, "the push is not authorized by this transmitter");
        log.rejected(failed);
        return completedFuture(Optional.of(new Rejection(failed, transmitter.scheme())));
      }
      return event(message, transmitter);
    } catch (RejectedEventException rejected) {
      return rejected(rejected);
    }
  }

  /**
   * A security event token that this transmitter has answered a poll with.
   *
   * @param id by which the answer named it; it must be its {@code jti} (RFC 8936 section 2.3)
   */
  public CompletionStage<Optional<RejectedEventException>> polled(
      String issuer, String id, String text) {
    return polledOrRejected(issuer, id, text)
        .thenApply(rejection -> rejection.map(Rejection::reason));
  }

  private CompletionStage<Optional<Rejection>> polledOrRejected(
      String issuer, String id, String text) {
    try {
      Unverified message = Unverified.read(text);
      Transmitter transmitter = transmitter(message);
      if (!transmitter.issuer().equals(issuer)) {
        throw new RejectedEventException(
            Reason.INVALID_ISSUER, "iss is not the transmitter that was polled");
      }
      require(id.equals(message.claims.get("jti")), "jti is not the name that it was sent under");
      return event(message, transmitter);
    } catch (RejectedEventException rejected) {
      return rejected(rejected);
    }
  }

  private CompletionStage<Optional<Rejection>> event(Unverified message, Transmitter transmitter)
      throws RejectedEventException {
    require(SecurityEventToken.isTyped(message.header.type()), "typ is not secevent+jwt");
    return verified(
        message,
        transmitter,
        claims -> SecurityEventToken.read(claims, transmitter.issuer(), rules));
  }

  /** A logout token. */
  CompletionStage<Optional<Rejection>> logout(String form) {
    try {
      Unverified message = Unverified.read(LogoutForm.token(form));
      Transmitter transmitter = transmitter(message);
      require(LogoutToken.isTyped(message.header.type()), "typ is not a logout token's");
      return verified(
          message, transmitter, claims -> LogoutToken.read(claims, transmitter.issuer(), rules));
    } catch (RejectedEventException rejected) {
      return rejected(rejected);
    }
  }

  private CompletionStage<Optional<Rejection>> rejected(RejectedEventException reason) {
    log.rejected(reason);
    return completedFuture(Optional.of(new Rejection(reason, null)));
  }

  private Transmitter transmitter(Unverified message) throws RejectedEventException {
    Transmitter transmitter =
        message.claims.get("iss") instanceof String issuer ? transmitters.get(issuer) : null;
    if (transmitter == null) {
      throw new RejectedEventException(Reason.INVALID_ISSUER, "iss is no transmitter here");
    }
    return transmitter;
  }

  /** Reads the claims of a token that the transmitter has signed. */
  @FunctionalInterface
  private interface Reader {
    SecurityEvent read(Map<String, Object> claims) throws RejectedEventException;
  }

  private CompletionStage<Optional<Rejection>> verified(
      Unverified message, Transmitter transmitter, Reader reader) throws RejectedEventException {
    if (SecurityEventToken.audiences(message.claims).stream()
        .noneMatch(transmitter.audiences()::contains)) {
      throw new RejectedEventException(
          Reason.INVALID_AUDIENCE, "aud is not this receiver for that transmitter");
    }
    return transmitter
        .keys()
        .signed(message.jws, message.header)
        .thenCompose(
            signed -> {
              try {
                if (!signed) {
                  throw new RejectedEventException(
                      Reason.INVALID_KEY, "no key of the transmitter signed it");
                }
                return doOnce(transmitter.issuer(), message.digest, reader.read(message.claims));
              } catch (RejectedEventException rejected) {
                return rejected(rejected);
              }
            })
        .whenComplete(
            (taken, failure) -> {
              if (failure != null && outage(failure) instanceof IssuerUnavailableException outage) {
                log.unavailable(transmitter.issuer(), outage);
              }
            });
  }

  /** It counts as done after it is done: whatever fails before, the transmitter repeats. */
  private CompletableFuture<Optional<Rejection>> doOnce(
      String issuer, Sha256Digest text, SecurityEvent event) {
    if (done.contains(text)) {
      log.replayed(issuer, event);
      return completedFuture(Optional.empty());
    }
    return eviction
        .revoke(event.marks(), event.upTo())
        .thenApply(
            unused -> {
              done.add(text);
              log.done(issuer, event);
              return Optional.empty();
            });
  }

  static Throwable outage(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private static void require(boolean holds, String rule) throws RejectedEventException {
    if (!holds) {
      throw new RejectedEventException(Reason.INVALID_REQUEST, rule);
    }
  }

  /** Of an event that is signed anew for each delivery, the same. */
  private static Sha256Digest signedPart(String jws) {
    String part = jws.substring(0, jws.lastIndexOf('.'));
    return Sha256Digest.of(part.getBytes(StandardCharsets.US_ASCII));
  }

  /** A JWS that was read and that nobody has verified: nothing in it is true yet. */
  private record Unverified(
      Sha256Digest digest, CompactJws jws, JoseHeader header, Map<String, Object> claims) {

    static Unverified read(String text) throws RejectedEventException {
      try {
        CompactJws jws = CompactJws.read(text);
        return new Unverified(signedPart(text), jws, jws.header(), jws.claims());
      } catch (UnacceptableJoseException malformed) {
        throw new RejectedEventException(Reason.INVALID_REQUEST, malformed.rule());
      }
    }
  }
}
