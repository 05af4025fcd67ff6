package dev.holdfast.events.receiver;

import static java.util.concurrent.CompletableFuture.completedFuture;

import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.events.receiver.Delivery.Kind;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Takes deliveries of security events over HTTP: {@code POST}, one of the two media types, a
 * bounded body. What they demand is done by {@link EventIntake}. Thread-safe.
 */
public final class EventReceiver {
  /** The longest body that is looked at, in bytes. */
  public static final int MAX_BODY_BYTES = 64 * 1024;

  private final String path;
  private final EventIntake intake;

  /**
   * A receiver.
   *
   * @param path where it is, below the application's own path
   */
  public EventReceiver(String path, EventIntake intake) {
    this.path = path;
    this.intake = intake;
  }

  /** Where it is, below the application's own path, undecoded. */
  public String path() {
    return path;
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
   * @return completes with the answer, within the deadline of a fetch of keys and of the store of
   *     revocations; exceptionally for a bug alone
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
    return (delivery.kind() == Kind.SECURITY_EVENT
            ? intake
                .pushed(text, delivery.authorizations())
                .thenApply(
                    rejection ->
                        rejection.map(EventReceiver::rejected).orElseGet(EventAnswer::accepted))
            : intake
                .logout(text)
                .thenApply(
                    rejection ->
                        rejection
                            .map(known -> EventAnswer.notLoggedOut(known.reason()))
                            .orElseGet(EventAnswer::loggedOut)))
        .exceptionally(EventReceiver::unavailable);
  }

  private static EventAnswer rejected(EventIntake.Rejection rejection) {
    String scheme = rejection.scheme();
    return scheme == null
        ? EventAnswer.rejected(rejection.reason())
        : EventAnswer.unauthenticated(scheme, rejection.reason());
  }

  private static EventAnswer unavailable(Throwable failure) {
    Throwable cause = EventIntake.outage(failure);
    if (cause instanceof IssuerUnavailableException) {
      return EventAnswer.unavailable();
    }
    throw new CompletionException(cause);
  }
}
