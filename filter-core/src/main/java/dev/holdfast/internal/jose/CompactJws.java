package dev.holdfast.internal.jose;

import static dev.holdfast.internal.jose.UnacceptableJoseException.require;

import dev.holdfast.internal.Base64Url;
import dev.holdfast.internal.json.MalformedJsonException;
import dev.holdfast.internal.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JWS in compact serialisation (RFC 7515 section 7.1), read strictly and not verified: three
 * parts, each the one base64url spelling of its bytes, header and claims strict JSON.
 *
 * <p>One spelling for each value means that nobody can make a second text of a valid token. JWE has
 * five parts and the JSON serialisation has other characters, so neither gets in.
 *
 * <p>The header stays text until somebody reads it: it is the same for every proof of a client.
 */
public final class CompactJws {
  private final String header;
  private final byte[] payload;
  private final byte[] text;
  private final int signedLength;
  private final byte[] signature;

  private CompactJws(
      String header, byte[] payload, byte[] text, int signedLength, byte[] signature) {
    this.header = header;
    this.payload = payload;
    this.text = text;
    this.signedLength = signedLength;
    this.signature = signature;
  }

  /** Reads the text, whose length the caller has bounded. */
  public static CompactJws read(String text) throws UnacceptableJoseException {
    int firstDot = text.indexOf('.');
    int secondDot = firstDot < 0 ? -1 : text.indexOf('.', firstDot + 1);
    require(
        secondDot > 0 && text.indexOf('.', secondDot + 1) < 0,
        "not the three parts of a compact JWS");
    byte[] payload = decode(text, firstDot + 1, secondDot);
    byte[] signature = decode(text, secondDot + 1, text.length());
    require(signature.length > 0, "the signature is missing");
    return new CompactJws(
        text.substring(0, firstDot),
        payload,
        text.getBytes(StandardCharsets.US_ASCII),
        secondDot,
        signature);
  }

  /** Whether the first part is a JSON object, so that the text means to be a JWS or a JWE. */
  public static boolean hasJsonHeader(String text) {
    int firstDot = text.indexOf('.');
    try {
      membersOf(text.substring(0, Math.max(firstDot, 0)));
      return true;
    } catch (UnacceptableJoseException opaque) {
      return false;
    }
  }

  /** The members of a header, by its text. */
  public static Map<String, Object> membersOf(String headerText) throws UnacceptableJoseException {
    return json(
        decode(headerText, 0, headerText.length()), "the header is not one strict JSON object");
  }

  private static byte[] decode(String text, int from, int to) throws UnacceptableJoseException {
    byte @Nullable [] bytes = Base64Url.decode(text, from, to);
    if (bytes == null) {
      throw new UnacceptableJoseException("a part is not canonical base64url");
    }
    return bytes;
  }

  private static Map<String, Object> json(byte[] bytes, String rule)
      throws UnacceptableJoseException {
    try {
      return StrictJson.parseObject(bytes);
    } catch (MalformedJsonException malformed) {
      throw new UnacceptableJoseException(rule);
    }
  }

  /** The first part, as text; nobody has looked at its characters. */
  public String headerText() {
    return header;
  }

  /** The members of the header that count in an access token. */
  public JoseHeader header() throws UnacceptableJoseException {
    return JoseHeader.of(membersOf(header));
  }

  /** The payload as the claims of a JWT (RFC 7519 section 7.2). */
  public Map<String, Object> claims() throws UnacceptableJoseException {
    return json(payload, "the claims are not one strict JSON object");
  }

  /** Whether the signature over the first two parts with their dot, as received, holds. */
  public boolean isSigned(SignatureCheck check) {
    return check.holds(text, signedLength, signature);
  }

  /** Nothing of the token. */
  @Override
  public String toString() {
    return "CompactJws[unverified]";
  }
}
