package dev.holdfast.jwt;

import dev.holdfast.internal.Base64Url;
import dev.holdfast.internal.json.MalformedJsonException;
import dev.holdfast.internal.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JWS in compact serialisation (RFC 7515 section 7.1), read strictly and not verified: three
 * parts, each the one base64url spelling of its bytes, the first one strict JSON.
 *
 * <p>One spelling for each value means that nobody can make a second text of a valid token. JWE has
 * five parts and the JSON serialisation has other characters, so neither gets in.
 */
final class CompactJws {
  private final JoseHeader header;
  private final byte[] payload;
  private final byte[] signedBytes;
  private final byte[] signature;

  CompactJws(JoseHeader header, byte[] payload, byte[] signedBytes, byte[] signature) {
    this.header = header;
    this.payload = payload;
    this.signedBytes = signedBytes;
    this.signature = signature;
  }

  /** Reads the text, whose length the caller has bounded. */
  static CompactJws read(String text) throws UnacceptableJwtException {
    int firstDot = text.indexOf('.');
    int secondDot = firstDot < 0 ? -1 : text.indexOf('.', firstDot + 1);
    if (secondDot < 0 || text.indexOf('.', secondDot + 1) >= 0) {
      throw new UnacceptableJwtException("not the three parts of a compact JWS");
    }
    byte[] header = decode(text.substring(0, firstDot));
    byte[] payload = decode(text.substring(firstDot + 1, secondDot));
    byte[] signature = decode(text.substring(secondDot + 1));
    if (signature.length == 0) {
      throw new UnacceptableJwtException("the signature is missing");
    }
    return new CompactJws(
        JoseHeader.of(json(header)),
        payload,
        text.substring(0, secondDot).getBytes(StandardCharsets.US_ASCII),
        signature);
  }

  /** Whether the first part is a JSON object, so that the text means to be a JWS or a JWE. */
  static boolean hasJsonHeader(String text) {
    int firstDot = text.indexOf('.');
    byte @Nullable [] header = firstDot <= 0 ? null : Base64Url.decode(text.substring(0, firstDot));
    if (header == null) {
      return false;
    }
    try {
      StrictJson.parseObject(header);
      return true;
    } catch (MalformedJsonException opaque) {
      return false;
    }
  }

  private static byte[] decode(String part) throws UnacceptableJwtException {
    byte @Nullable [] bytes = Base64Url.decode(part);
    if (bytes == null) {
      throw new UnacceptableJwtException("a part is not canonical base64url");
    }
    return bytes;
  }

  private static Map<String, Object> json(byte[] bytes) throws UnacceptableJwtException {
    try {
      return StrictJson.parseObject(bytes);
    } catch (MalformedJsonException malformed) {
      throw new UnacceptableJwtException("a part is not one strict JSON object");
    }
  }

  JoseHeader header() {
    return header;
  }

  /** The payload as the claims of a JWT (RFC 7519 section 7.2). */
  Map<String, Object> claims() throws UnacceptableJwtException {
    return json(payload);
  }

  /** What the signature is over: the first two parts with their dot, as received. */
  @SuppressWarnings("EscapedMutableField") // read by the signature check alone
  byte[] signedBytes() {
    return signedBytes;
  }

  /** The signature's bytes. */
  @SuppressWarnings("EscapedMutableField") // as above
  byte[] signature() {
    return signature;
  }

  /** Nothing of the token. */
  @Override
  public String toString() {
    return "CompactJws[unverified]";
  }
}
