package dev.holdfast.examples.mcpserver;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, and which key the access token is bound to.
 *
 * @param subject whose data it is about
 * @param issuer who says so
 * @param client the application that calls
 * @param binding {@code certificate}, {@code dpop}, {@code token-binding} or {@code none}
 * @param thumbprint of that key
 */
record Caller(
    @Nullable String subject,
    @Nullable String issuer,
    @Nullable String client,
    String binding,
    @Nullable String thumbprint) {

  private static final Map<String, String> METHODS =
      Map.of("x5t#S256", "certificate", "jkt", "dpop", "tbh", "token-binding");

  /** Reads what the issuer says of a token. */
  static Caller of(Map<String, Object> attributes) {
    Map<?, ?> confirmation = attributes.get("cnf") instanceof Map<?, ?> cnf ? cnf : Map.of();
    String member =
        METHODS.keySet().stream()
            .filter(confirmation::containsKey)
            .sorted()
            .findFirst()
            .orElse(null);
    return new Caller(
        text(attributes.get("sub")),
        text(attributes.get("iss")),
        text(attributes.get("client_id")),
        member == null ? "none" : METHODS.getOrDefault(member, "none"),
        member == null ? null : text(confirmation.get(member)));
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
