package dev.holdfast.spring.boot.actuator;

import dev.holdfast.events.TokenEviction;
import dev.holdfast.internal.ApplicationLog;
import java.lang.System.Logger.Level;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * The actuator endpoint {@code holdfast}: revokes tokens as {@link TokenEviction} does. {@code POST
 * /actuator/holdfast} with {@code token}; {@code POST /actuator/holdfast/subject}, {@code /client}
 * or {@code /session} with {@code issuer} and {@code value}. Each is answered with 204, and with
 * 400 when it names nothing that could be revoked.
 *
 * <p>Whoever may call it can keep anybody out. Like every endpoint it is not exposed by default.
 */
@Endpoint(id = "holdfast")
public final class TokenEvictionEndpoint {
  private static final System.Logger LOGGER = ApplicationLog.named("dev.holdfast.events");

  private final TokenEviction eviction;

  TokenEvictionEndpoint(TokenEviction eviction) {
    this.eviction = eviction;
  }

  /** Revokes one token. */
  @WriteOperation
  public void evictToken(String token) {
    evict("token", () -> eviction.byToken(token));
  }

  /**
   * Revokes tokens of an issuer.
   *
   * @param kind {@code subject}, {@code client} or {@code session}
   * @param value {@code sub}, {@code client_id} or {@code sid} of the tokens
   */
  @WriteOperation
  public void evict(@Selector String kind, String issuer, String value) {
    evict(
        kind,
        () -> {
          switch (kind) {
            case "subject" -> eviction.bySubject(issuer, value);
            case "client" -> eviction.byClient(issuer, value);
            case "session" -> eviction.bySession(issuer, value);
            default -> throw new IllegalArgumentException("write subject, client or session");
          }
        });
  }

  private static void evict(String kind, Runnable work) {
    try {
      work.run();
    } catch (IllegalArgumentException refused) {
      String reason = String.valueOf(refused.getMessage());
      throw new InvalidEndpointRequestException(reason, reason);
    }
    LOGGER.log(Level.INFO, "revocation by an operator: outcome=revoked by=" + kind);
  }
}
