package dev.holdfast.events.message;

import static dev.holdfast.events.message.RejectedEventException.malformed;

import dev.holdfast.events.TokenMark;
import dev.holdfast.events.TokenMark.Kind;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A security event token (RFC 8417 section 2): events of an issuer, about one subject. It is known
 * by its {@code typ}, so that no other JWT is taken for one.
 *
 * <p>The subject is {@code sub_id} (RFC 9493 section 4, Shared Signals Framework 1.0), an event's
 * own {@code subject} as older transmitters have it, or {@code sub} of the issuer. Where several
 * are there, each of them is meant. An event of a type that is not known is ignored (RFC 8417
 * section 2.2).
 *
 * <p>The moment of an event is the later of {@code toe} and its {@code event_timestamp}, otherwise
 * {@code iat}. {@code event_timestamp} has seconds in CAEP 1.0 and milliseconds in its drafts: a
 * number beyond the year 5000 has milliseconds.
 */
public final class SecurityEventToken {
  private static final String TYPE = "secevent+jwt";
  private static final String TIMESTAMP = "event_timestamp";
  private static final double LAST_SECOND = 100_000_000_000d;
  private static final double MILLIS = 1000d;

  private SecurityEventToken() {}

  /** Whether the header's {@code typ} is that of a security event token (RFC 8417 section 2.3). */
  public static boolean isTyped(@Nullable String type) {
    return type != null && withoutPrefix(type).equals(TYPE);
  }

  static String withoutPrefix(String type) {
    String lowerCase = type.toLowerCase(Locale.ROOT);
    return lowerCase.startsWith("application/")
        ? lowerCase.substring("application/".length())
        : lowerCase;
  }

  /** Whom it is for. */
  public static Set<String> audiences(Map<String, Object> claims) throws RejectedEventException {
    return Members.texts(claims, "aud");
  }

  /**
   * What it demands.
   *
   * @param claims of a token whose signature has held, of this issuer and for this audience
   * @throws RejectedEventException when a claim is missing or malformed
   */
  public static SecurityEvent read(Map<String, Object> claims, String issuer, EventRules rules)
      throws RejectedEventException {
    String id = Members.text(claims, "jti");
    Instant issuedAt = rules.issuedAt(claims);
    if (claims.get("exp") != null) { // it should not be there, but says something
      rules.requireLive(claims);
    }
    Instant ofEvent = Members.timeIfThere(claims, "toe");
    Members.textIfThere(claims, "txn");
    Map<String, Object> events = Members.object(claims.get("events"), "events");
    if (events.isEmpty()) {
      throw malformed("events has no event");
    }
    Set<String> kinds = new TreeSet<>();
    Set<TokenMark> marks = new LinkedHashSet<>();
    for (Map.Entry<String, Object> entry : events.entrySet()) {
      Map<String, Object> event = Members.object(entry.getValue(), "an event");
      String name = EventType.shortName(entry.getKey());
      if (name != null && EventType.revokes(entry.getKey(), event)) {
        kinds.add(name);
        marks.addAll(subject(claims, event, issuer));
        ofEvent = SecurityEvent.later(ofEvent, timestamp(event));
      }
    }
    Instant upTo = rules.notInTheFuture(ofEvent == null ? issuedAt : ofEvent);
    return new SecurityEvent(id, kinds, marks, upTo);
  }

  private static Set<TokenMark> subject(
      Map<String, Object> claims, Map<String, Object> event, String issuer)
      throws RejectedEventException {
    Set<TokenMark> marks = new LinkedHashSet<>();
    boolean named = false;
    if (claims.get("sub_id") != null) {
      marks.addAll(SubjectIdentifier.marks(claims.get("sub_id"), issuer));
      named = true;
    }
    if (event.get("subject") != null) {
      marks.addAll(SubjectIdentifier.marks(event.get("subject"), issuer));
      named = true;
    }
    String sub = Members.textIfThere(claims, "sub");
    if (sub != null) {
      marks.add(new TokenMark(issuer, Kind.SUBJECT, sub));
      named = true;
    }
    if (!named) {
      throw malformed("the event has no subject");
    }
    return marks;
  }

  private static @Nullable Instant timestamp(Map<String, Object> event)
      throws RejectedEventException {
    if (event.get(TIMESTAMP) instanceof Number number && number.doubleValue() > LAST_SECOND) {
      return Members.time(Map.of(TIMESTAMP, number.doubleValue() / MILLIS), TIMESTAMP);
    }
    return Members.timeIfThere(event, TIMESTAMP);
  }
}
