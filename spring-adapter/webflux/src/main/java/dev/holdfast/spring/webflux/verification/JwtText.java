package dev.holdfast.spring.webflux.verification;

import dev.holdfast.internal.Base64Url;
import dev.holdfast.internal.json.MalformedJsonException;
import dev.holdfast.internal.json.StrictJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Header and claims of a compact JWS, read strictly. The signature is not looked at: whoever uses
 * this knows that the whole text was verified.
 *
 * @param header the first part
 * @param claims the second part
 */
record JwtText(Map<String, Object> header, Map<String, Object> claims) {

  /** Reads the text, or gives null when it is not three parts of base64url with strict JSON. */
  public static @Nullable JwtText parse(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3 || Base64Url.decode(parts[2]) == null) {
      return null;
    }
    Map<String, Object> header = object(parts[0]);
    Map<String, Object> claims = object(parts[1]);
    return header == null || claims == null ? null : new JwtText(header, claims);
  }

  /** Whether the text begins as the base64url of a JSON object does, well-formed or not. */
  public static boolean looksLikeJwt(String text) {
    return text.startsWith("ey") || text.startsWith("ew") || text.startsWith("e30");
  }

  private static @Nullable Map<String, Object> object(String part) {
    byte[] json = Base64Url.decode(part);
    if (json == null) {
      return null;
    }
    try {
      return StrictJson.parseObject(json);
    } catch (MalformedJsonException malformed) {
      return null;
    }
  }
}
