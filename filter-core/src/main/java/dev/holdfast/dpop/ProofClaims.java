package dev.holdfast.dpop;

import static dev.holdfast.dpop.UnacceptableProofException.require;

import dev.holdfast.Sha256Digest;
import dev.holdfast.internal.NumericDate;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a proof (RFC 9449 section 4.2). Other claims are ignored.
 *
 * @param id {@code jti}: 1 to 128 bytes of UTF-8
 * @param method {@code htm}
 * @param target {@code htu}, normalised
 * @param issuedAt {@code iat}, seconds since the epoch; a fraction is cut off
 * @param token {@code ath}: the digest of the token it is for
 * @param nonce {@code nonce}; null where it is absent, or is JSON's null
 */
record ProofClaims(
    String id,
    String method,
    TargetUri target,
    long issuedAt,
    Sha256Digest token,
    @Nullable String nonce) {
  private static final int MAX_ID_BYTES = 128;

  static ProofClaims of(Map<String, Object> members) throws UnacceptableProofException {
    TargetUri target = TargetUri.of(text(members, "htu"));
    if (target == null) {
      throw new UnacceptableProofException("htu is not an absolute http or https URI");
    }
    return new ProofClaims(
        id(text(members, "jti")),
        text(members, "htm"),
        target,
        issuedAt(members),
        digest(text(members, "ath")),
        members.get("nonce") == null ? null : text(members, "nonce"));
  }

  private static String text(Map<String, Object> members, String name)
      throws UnacceptableProofException {
    if (members.get(name) instanceof String text) {
      return text;
    }
    throw new UnacceptableProofException(name + " is missing or not text");
  }

  private static String id(String text) throws UnacceptableProofException {
    require(
        !text.isEmpty()
            && text.length() <= MAX_ID_BYTES
            && text.getBytes(StandardCharsets.UTF_8).length <= MAX_ID_BYTES,
        "jti has not 1 to 128 bytes");
    return text;
  }

  private static long issuedAt(Map<String, Object> members) throws UnacceptableProofException {
    Object iat = members.get("iat");
    if (iat instanceof Long seconds && seconds >= 0) {
      return seconds; // what nearly every client writes: nothing is allocated
    }
    Instant moment = NumericDate.read(iat);
    if (moment != null) {
      return moment.getEpochSecond();
    }
    throw new UnacceptableProofException(
        members.containsKey("iat")
            ? "iat is not a number of seconds since the epoch"
            : "iat is missing");
  }

  private static Sha256Digest digest(String text) throws UnacceptableProofException {
    return Sha256Digest.parse(text)
        .orElseThrow(() -> new UnacceptableProofException("ath is not a base64url SHA-256 digest"));
  }

  /** Nothing of the proof. */
  @Override
  public String toString() {
    return "ProofClaims[unverified]";
  }
}
