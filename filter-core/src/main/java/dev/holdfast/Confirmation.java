package dev.holdfast;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a token's {@code cnf} demands (RFC 7800). This is the only parser of {@code cnf}.
 *
 * <p>Three cases and no fourth: a token that names no key, one that names keys which must
 * <em>all</em> be proven, and one whose {@code cnf} says something that cannot be enforced. The
 * last is refused wherever confirmations count; it is never taken for the first.
 */
public sealed interface Confirmation {

  /** The token has no {@code cnf}, and nothing says that it is bound. */
  record Unbound() implements Confirmation {}

  /**
   * Every one of these must be proven.
   *
   * @param demanded at least one, one for each known member
   */
  record Bound(List<Binding> demanded) implements Confirmation {
    /** Refuses an empty list: it would demand nothing. */
    public Bound {
      demanded = List.copyOf(demanded);
      if (demanded.isEmpty()) {
        throw new IllegalArgumentException("a bound confirmation demands at least one key");
      }
    }

    /** Whether tokens so bound come under this scheme; none does that needs two others. */
    boolean fits(PresentedToken.Scheme scheme) {
      boolean needed = scheme == PresentedToken.Scheme.BEARER;
      for (int i = 0; i < demanded.size(); i++) {
        ConfirmationMethod method = demanded.get(i).method();
        if (method.scheme() == scheme) {
          needed = true;
        } else if (method.hasOwnScheme()) {
          return false;
        }
      }
      return needed;
    }
  }

  /**
   * There is a {@code cnf}, but no demand can be read from it; or there is none although the issuer
   * says that the token is bound to a key ({@code token_type: DPoP}, RFC 9449 section 6.2).
   *
   * @param rule which rule it breaks, fit for a log
   */
  record Unusable(String rule) implements Confirmation {}

  /**
   * Reads the member {@code cnf} of a token's claims or of an introspection response. Where there
   * is none, the token is unbound only if the issuer does not say otherwise in another member.
   *
   * <p>Each known member is read by its method; most must be the canonical base64url of a SHA-256
   * digest. Members that no registered method reads are ignored beside a known one (RFC 7800
   * section 3.1) and are nothing on their own; {@code jwk}, {@code jku} and {@code kid} are among
   * them.
   *
   * @param claims as a JSON parser gives them: objects as {@code Map}, text as {@code String}
   */
  static Confirmation of(Map<String, ? extends Object> claims) {
    if (!claims.containsKey("cnf")) {
      String bound = TokenKind.memberThatSays(TokenKind.BOUND_ACCESS_TOKEN, claims);
      return bound == null
          ? new Unbound()
          : new Unusable(bound + " says that the token is bound to a key, and there is no cnf");
    }
    if (!(claims.get("cnf") instanceof Map<?, ?> members)) {
      return new Unusable("cnf is not an object");
    }
    List<Binding> demanded = new ArrayList<>(ConfirmationMethod.all().size());
    for (ConfirmationMethod method : ConfirmationMethod.all()) {
      for (ConfirmationMethod.Member member : method.members()) {
        if (!members.containsKey(member.name())) {
          continue;
        }
        Object value = members.get(member.name());
        Sha256Digest digest = value == null ? null : member.reader().read(value);
        if (digest == null) {
          return new Unusable("cnf " + member.name() + ' ' + member.problem());
        }
        demanded.add(new Binding(method, digest));
      }
    }
    return demanded.isEmpty()
        ? new Unusable("cnf has no member that names a key by a known method")
        : new Bound(demanded);
  }
}
