package dev.holdfast.events.message;

import static dev.holdfast.events.message.RejectedEventException.malformed;

import dev.holdfast.events.TokenMark;
import dev.holdfast.events.TokenMark.Kind;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A logout token (OpenID Connect Back-Channel Logout 1.0 section 2.4), validated as in section 2.6.
 * With {@code sid} it ends that session: the tokens that name it, and those of {@code sub} that
 * name no session. With {@code sub} alone it ends all sessions of the subject.
 */
public final class LogoutToken {
  private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

  private LogoutToken() {}

  /**
   * Whether the header's {@code typ} may be that of a logout token; many have none of their own.
   */
  public static boolean isTyped(@Nullable String type) {
    return type == null
        || Set.of("logout+jwt", "jwt").contains(SecurityEventToken.withoutPrefix(type));
  }

  /**
   * What it demands.
   *
   * @param claims of a token whose signature has held, of this issuer and for this audience
   * @throws RejectedEventException when a claim is missing or malformed, and for an ID token
   */
  public static SecurityEvent read(Map<String, Object> claims, String issuer, EventRules rules)
      throws RejectedEventException {
    String id = Members.text(claims, "jti");
    Instant issuedAt = rules.issuedAt(claims);
    rules.requireLive(claims);
    if (claims.containsKey("nonce")) {
      throw malformed("nonce belongs to an ID token");
    }
    Members.object(Members.object(claims.get("events"), "events").get(EVENT), "the logout event");
    String subject = Members.textIfThere(claims, "sub");
    String session = Members.textIfThere(claims, "sid");
    if (subject == null && session == null) {
      throw malformed("it has neither sub nor sid");
    }
    return new SecurityEvent(
        id, Set.of("backchannel-logout"), marks(issuer, subject, session), issuedAt);
  }

  private static Set<TokenMark> marks(
      String issuer, @Nullable String subject, @Nullable String session) {
    Set<TokenMark> user =
        subject == null ? Set.of() : Set.of(new TokenMark(issuer, Kind.SUBJECT, subject));
    return session == null
        ? user
        : SubjectIdentifier.inSession(user, Set.of(new TokenMark(issuer, Kind.SESSION, session)));
  }
}
