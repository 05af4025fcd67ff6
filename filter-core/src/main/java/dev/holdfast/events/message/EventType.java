package dev.holdfast.events.message;

import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which event types revoke tokens: those of CAEP 1.0 section 3, RISC 1.0 section 2 and the OAuth
 * event types. A member that would spare the tokens counts only when it says so in the very word
 * that is registered.
 */
final class EventType {
  private static final String CAEP = "https://schemas.openid.net/secevent/caep/event-type/";
  private static final String RISC = "https://schemas.openid.net/secevent/risc/event-type/";
  private static final String OAUTH = "https://schemas.openid.net/secevent/oauth/event-type/";

  private static final Map<String, Predicate<Map<String, Object>>> REVOKING =
      Map.ofEntries(
          Map.entry(CAEP + "session-revoked", EventType::always),
          Map.entry(CAEP + "token-claims-change", EventType::always),
          Map.entry(CAEP + "credential-change", EventType::always),
          Map.entry(CAEP + "assurance-level-change", unless("change_direction", "increase")),
          Map.entry(CAEP + "device-compliance-change", unless("current_status", "compliant")),
          Map.entry(CAEP + "risk-level-change", unless("current_level", "LOW")),
          Map.entry(RISC + "account-credential-change-required", EventType::always),
          Map.entry(RISC + "account-disabled", EventType::always),
          Map.entry(RISC + "account-purged", EventType::always),
          Map.entry(RISC + "credential-compromise", EventType::always),
          Map.entry(RISC + "identifier-changed", EventType::always),
          Map.entry(RISC + "identifier-recycled", EventType::always),
          Map.entry(RISC + "sessions-revoked", EventType::always),
          Map.entry(OAUTH + "token-revoked", EventType::always),
          Map.entry(OAUTH + "tokens-revoked", EventType::always));

  private EventType() {}

  private static boolean always(Map<String, Object> event) {
    return true;
  }

  private static Predicate<Map<String, Object>> unless(String member, String word) {
    return event -> !word.equals(event.get(member));
  }

  /** Whether an event of this type with these members revokes the tokens of its subject. */
  static boolean revokes(String type, Map<String, Object> event) {
    Predicate<Map<String, Object>> demand = REVOKING.get(type);
    return demand != null && demand.test(event);
  }

  /** The last part of a type that revokes, for a log; null for all others. */
  static @Nullable String shortName(String type) {
    return REVOKING.containsKey(type) ? type.substring(type.lastIndexOf('/') + 1) : null;
  }
}
