package dev.holdfast.dpop;

import static dev.holdfast.dpop.UnacceptableProofException.require;

import dev.holdfast.internal.Base64Url;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A proof's text in its three parts (RFC 7515 section 7.1), not verified. The header stays text: it
 * is the same for every proof of a client, so most requests never decode it.
 */
final class CompactProof {
  /** Room for an RSA key of 8192 bits, its signature and a long URI. */
  private static final int MAX_LENGTH = 8 * 1024;

  private final String header;
  private final byte[] payload;
  private final byte[] text;
  private final int signedLength;
  private final byte[] signature;

  private CompactProof(
      String header, byte[] payload, byte[] text, int signedLength, byte[] signature) {
    this.header = header;
    this.payload = payload;
    this.text = text;
    this.signedLength = signedLength;
    this.signature = signature;
  }

  /** The one proof in the values of the {@code DPoP} header field (RFC 9449 section 4.3). */
  static CompactProof in(List<String> fields) throws UnacceptableProofException {
    require(!fields.isEmpty(), "there is no proof");
    require(fields.size() == 1, "there is more than one proof");
    return read(fields.get(0));
  }

  static CompactProof read(String text) throws UnacceptableProofException {
    require(text.length() <= MAX_LENGTH, "the proof is too long");
    int firstDot = text.indexOf('.');
    int secondDot = firstDot < 0 ? -1 : text.indexOf('.', firstDot + 1);
    require(
        secondDot > 0 && text.indexOf('.', secondDot + 1) < 0,
        "not the three parts of a compact JWS");
    byte[] payload = decode(text, firstDot + 1, secondDot);
    byte[] signature = decode(text, secondDot + 1, text.length());
    require(signature.length > 0, "the signature is missing");
    return new CompactProof(
        text.substring(0, firstDot),
        payload,
        text.getBytes(StandardCharsets.US_ASCII),
        secondDot,
        signature);
  }

  /** The bytes of one part, which has to be their one spelling. */
  static byte[] decode(String part) throws UnacceptableProofException {
    return decode(part, 0, part.length());
  }

  private static byte[] decode(String text, int from, int to) throws UnacceptableProofException {
    byte @Nullable [] bytes = Base64Url.decode(text, from, to);
    if (bytes == null) {
      throw new UnacceptableProofException("a part is not canonical base64url");
    }
    return bytes;
  }

  /** The first part, as text; nobody has looked at its characters. */
  String header() {
    return header;
  }

  @SuppressWarnings("EscapedMutableField") // read by the claims' parser alone
  byte[] payload() {
    return payload;
  }

  /** Whether the signature over the first two parts with their dot, as received, holds. */
  boolean isSignedBy(ProofKey key) {
    return key.check().holds(text, signedLength, signature);
  }

  /** Nothing of the proof. */
  @Override
  public String toString() {
    return "CompactProof[unverified]";
  }
}
