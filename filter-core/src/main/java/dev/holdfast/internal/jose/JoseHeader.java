package dev.holdfast.internal.jose;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JWS header that count in every JWS. All others are ignored (RFC 7515 section 4),
 * above all those that bring or point to a key: {@code jwk}, {@code jku}, {@code x5c}, {@code x5u}.
 * A DPoP proof alone has its {@code jwk} read, by those who read proofs.
 *
 * @param algorithm {@code alg}, as written
 * @param type {@code typ}, as written, or null
 * @param keyId {@code kid}, or null
 */
public record JoseHeader(String algorithm, @Nullable String type, @Nullable String keyId) {

  /** What the members say. */
  public static JoseHeader of(Map<String, Object> members) throws UnacceptableJoseException {
    if (members.containsKey("crit")) {
      // No extension is understood here, so every well-formed crit must be refused, and a
      // malformed one is not better.
      throw new UnacceptableJoseException("crit demands an extension that is not understood");
    }
    String algorithm = text(members, "alg");
    if (algorithm == null) {
      throw new UnacceptableJoseException("alg is missing");
    }
    return new JoseHeader(algorithm, text(members, "typ"), text(members, "kid"));
  }

  private static @Nullable String text(Map<String, Object> members, String name)
      throws UnacceptableJoseException {
    Object value = members.get(name);
    if (value == null) {
      return null; // a serialiser's way to say that there is none
    }
    if (value instanceof String text) {
      return text;
    }
    throw new UnacceptableJoseException(name + " is not text");
  }
}
