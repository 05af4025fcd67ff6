package dev.holdfast.spring.boot.actuator;

import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.events.TokenEviction;
import dev.holdfast.internal.ApplicationLog;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * The actuator endpoint {@code holdfast}: revokes tokens as {@link TokenEviction} does. {@code POST
 * /actuator/holdfast} with {@code token}; {@code POST /actuator/holdfast/subject}, {@code /client}
 * or {@code /session} with {@code issuer} and {@code value}. Each is answered with 204, with 400
 * when it names nothing that could be revoked, and with 503 when it holds on this node and the
 * others could not be told.
 *
 * <p>Whoever may call it can keep anybody out. So it takes nothing by default, as {@code shutdown}:
 * {@code management.endpoint.holdfast.access=unrestricted} opens it, where it is exposed.
 */
@Endpoint(id = "holdfast", defaultAccess = Access.READ_ONLY)
public final class TokenEvictionEndpoint {
  private static final System.Logger LOGGER = ApplicationLog.named("dev.holdfast.events");

  private final TokenEviction eviction;

  TokenEvictionEndpoint(TokenEviction eviction) {
    this.eviction = eviction;
  }

  /** Revokes one token. */
  @WriteOperation
  public WebEndpointResponse<@Nullable String> evictToken(String token) {
    return evict("token", () -> eviction.byToken(token));
  }

  /**
   * Revokes tokens of an issuer.
   *
   * @param kind {@code subject}, {@code client} or {@code session}
   * @param value {@code sub}, {@code client_id} or {@code sid} of the tokens
   */
  @WriteOperation
  public WebEndpointResponse<@Nullable String> evict(
      @Selector String kind, String issuer, String value) {
    return evict(
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

  private static WebEndpointResponse<@Nullable String> evict(String kind, Runnable work) {
    try {
      work.run();
    } catch (IllegalArgumentException refused) {
      String reason = String.valueOf(refused.getMessage());
      throw new InvalidEndpointRequestException(reason, reason);
    } catch (IssuerUnavailableException outage) {
      LOGGER.log(
          Level.WARNING,
          "revocation by an operator: outcome=unavailable by="
              + kind
              + " detail=\""
              + outage.detail().replace('"', '\'')
              + "\". It holds on this node; call again, so that the others are told");
      return new WebEndpointResponse<>(WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
    }
    LOGGER.log(Level.INFO, "revocation by an operator: outcome=revoked by=" + kind);
    return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NO_CONTENT);
  }
}
