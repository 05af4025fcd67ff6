package dev.holdfast.examples.stolentoken;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What a thief can do to a token without its issuer's key. */
final class Forgery {

  private Forgery() {}

  /** The JWT with other claims and the old signature. */
  static String replaceInClaims(String jwt, String target, String replacement) {
    String[] parts = jwt.split("\\.", -1);
    String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    String forged = claims.replace(target, replacement);
    if (forged.equals(claims)) {
      throw new PartFailedException("a token does not name the key that it was issued to");
    }
    byte[] bytes = forged.getBytes(StandardCharsets.UTF_8);
    parts[1] = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return String.join(".", parts);
  }

  /** The token with another character in the middle of its last part. */
  static String garble(String token) {
    int position = (token.lastIndexOf('.') + 1 + token.length()) / 2;
    char other = token.charAt(position) == 'A' ? 'B' : 'A';
    return token.substring(0, position) + other + token.substring(position + 1);
  }
}
