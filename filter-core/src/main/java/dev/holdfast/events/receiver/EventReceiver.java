package dev.holdfast.events.receiver;

import static java.util.concurrent.CompletableFuture.completedFuture;

import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.events.TokenEviction;
import dev.holdfast.events.message.EventRules;
import dev.holdfast.events.message.LogoutToken;
import dev.holdfast.events.message.RejectedEventException;
import dev.holdfast.events.message.RejectedEventException.Reason;
import dev.holdfast.events.message.SecurityEvent;
import dev.holdfast.events.message.SecurityEventToken;
import dev.holdfast.events.receiver.Delivery.Kind;
import dev.holdfast.internal.jose.CompactJws;
import dev.holdfast.internal.jose.JoseHeader;
import dev.holdfast.internal.jose.UnacceptableJoseException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes deliveries of security events and does what they demand.
 *
 * <ol>
 *   <li>{@code POST}, one of the two media types, a bounded body that is a strict compact JWS
 *   <li>{@code iss} is a transmitter's; whoever pushes authenticates as it, where that is demanded
 *   <li>{@code typ} and {@code aud} are right for it, and one of its keys signed
 *   <li>the claims are whole and in time
 *   <li>what was done before is answered and not done again
 *   <li>the tokens of its subject are revoked, and only then it counts as done
 * </ol>
 *
 * <p>Whatever fails changes nothing. Thread-safe.
 */
public final class EventReceiver {
  /** The longest body that is looked at, in bytes. */
  public static final int MAX_BODY_BYTES = 64 * 1024;

  private final String path;
  private final Map<String, Transmitter> transmitters;
  private final TokenEviction eviction;
  private final EventRules rules;
  private final DoneEvents done = new DoneEvents();
  private final EventLog log = new EventLog();

  /**
   * A receiver.
   *
   * @param path where it is, below the application's own path
   */
  public EventReceiver(
      String path, List<Transmitter> transmitters, TokenEviction eviction, EventRules rules) {
    this.path = path;
    this.transmitters =
        transmitters.stream()
            .collect(Collectors.toUnmodifiableMap(Transmitter::issuer, Function.identity()));
    this.eviction = eviction;
    this.rules = rules;
  }

  /** Where it is, below the application's own path, undecoded. */
  public String path() {
    return path;
  }

  /** What became of deliveries. */
  public EventStatistics statistics() {
    return log.statistics();
  }

  /** What a delivery gets whose body need not be read; null: read it. */
  public @Nullable EventAnswer refusal(Delivery delivery) {
    if (!delivery.isPost()) {
      return EventAnswer.methodNotAllowed();
    }
    return delivery.kind() == null ? EventAnswer.unsupportedType() : null;
  }

  /**
   * Takes a delivery.
   *
   * @param body at least its first {@link #MAX_BODY_BYTES} bytes and one more, where it has so many
   * @return completes with the answer, within the deadline of a fetch of keys; exceptionally for a
   *     bug alone
   */
  public CompletionStage<EventAnswer> receive(Delivery delivery, byte[] body) {
    EventAnswer refusal = refusal(delivery);
    if (refusal != null) {
      return completedFuture(refusal);
    }
    if (body.length > MAX_BODY_BYTES) {
      return completedFuture(EventAnswer.tooLarge());
    }
    String text = new String(body, StandardCharsets.ISO_8859_1);
    return delivery.kind() == Kind.SECURITY_EVENT
        ? receiveEvent(delivery, text)
        : receiveLogout(text);
  }

  private CompletionStage<EventAnswer> receiveEvent(Delivery delivery, String text) {
    try {
      Unverified message = Unverified.read(text);
      Transmitter transmitter = transmitter(message);
      if (!transmitter.isAuthenticatedBy(delivery.authorizations())) {
        RejectedEventException failed =
            new RejectedEventException(
                Reason.AUTHENTICATION_FAILED, "the push is not authorized by this transmitter");
        log.rejected(failed);
        return completedFuture(EventAnswer.unauthenticated(transmitter.scheme(), failed));
      }
      require(SecurityEventToken.isTyped(message.header.type()), "typ is not secevent+jwt");
      return verified(
          message,
          transmitter,
          claims -> SecurityEventToken.read(claims, transmitter.issuer(), rules),
          EventAnswer.accepted(),
          EventAnswer::rejected);
    } catch (RejectedEventException rejected) {
      log.rejected(rejected);
      return completedFuture(EventAnswer.rejected(rejected));
    }
  }

  private CompletionStage<EventAnswer> receiveLogout(String form) {
    try {
      Unverified message = Unverified.read(LogoutForm.token(form));
      Transmitter transmitter = transmitter(message);
      require(LogoutToken.isTyped(message.header.type()), "typ is not a logout token's");
      return verified(
          message,
          transmitter,
          claims -> LogoutToken.read(claims, transmitter.issuer(), rules),
          EventAnswer.loggedOut(),
          EventAnswer::notLoggedOut);
    } catch (RejectedEventException rejected) {
      log.rejected(rejected);
      return completedFuture(EventAnswer.notLoggedOut(rejected));
    }
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

  private CompletionStage<EventAnswer> verified(
      Unverified message,
      Transmitter transmitter,
      Reader reader,
      EventAnswer success,
      Function<RejectedEventException, EventAnswer> failure)
      throws RejectedEventException {
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
                SecurityEvent event = reader.read(message.claims);
                return doOnce(transmitter.issuer(), event).thenApply(unused -> success);
              } catch (RejectedEventException rejected) {
                log.rejected(rejected);
                return completedFuture(failure.apply(rejected));
              }
            })
        .exceptionally(outage -> unavailable(transmitter.issuer(), outage));
  }

  /** It counts as done after it is done: whatever fails before, the transmitter repeats. */
  private CompletableFuture<Void> doOnce(String issuer, SecurityEvent event) {
    if (done.contains(issuer, event.id())) {
      log.replayed(issuer, event);
      return completedFuture(null);
    }
    return eviction
        .revoke(event.marks(), event.upTo())
        .thenRun(
            () -> {
              done.add(issuer, event.id());
              log.done(issuer, event);
            });
  }

  private EventAnswer unavailable(String issuer, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof IssuerUnavailableException outage) {
      log.unavailable(issuer, outage);
      return EventAnswer.unavailable();
    }
    throw new CompletionException(cause);
  }

  private static void require(boolean holds, String rule) throws RejectedEventException {
    if (!holds) {
      throw new RejectedEventException(Reason.INVALID_REQUEST, rule);
    }
  }

  /** A JWS that was read and that nobody has verified: nothing in it is true yet. */
  private record Unverified(CompactJws jws, JoseHeader header, Map<String, Object> claims) {

    static Unverified read(String text) throws RejectedEventException {
      try {
        CompactJws jws = CompactJws.read(text);
        return new Unverified(jws, jws.header(), jws.claims());
      } catch (UnacceptableJoseException malformed) {
        throw new RejectedEventException(Reason.INVALID_REQUEST, malformed.rule());
      }
    }
  }
}
