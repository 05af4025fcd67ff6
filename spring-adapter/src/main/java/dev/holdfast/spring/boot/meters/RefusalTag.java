package dev.holdfast.spring.boot.meters;

import dev.holdfast.Decision;
import dev.holdfast.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;

/** Why a token is invalid, as one of few words, so that a meter can have it as a tag. */
final class RefusalTag {
  private static final Map<String, String> WORDS = new LinkedHashMap<>();

  static {
    WORDS.put("exp has passed", "expired");
    WORDS.put("lies in the future", "not_yet_valid");
    WORDS.put("aud names no audience", "audience");
    WORDS.put("iss is not", "issuer");
    WORDS.put("no configured issuer", "issuer");
    WORDS.put("no key of the issuer", "unknown_key");
    WORDS.put("signature does not hold", "signature");
    WORDS.put("alg is not", "algorithm");
    WORDS.put("not an access token", "type");
    WORDS.put("calls the token inactive", "inactive");
    WORDS.put("an operator revoked it", "revoked");
  }

  private RefusalTag() {}

  /** The word; {@code none} where the refusal itself says it all. */
  static String of(Decision.Refused refused) {
    if (refused.refusal() != Refusal.INVALID_TOKEN) {
      return "none";
    }
    for (Entry<String, String> entry : WORDS.entrySet()) {
      if (refused.detail().contains(entry.getKey())) {
        return entry.getValue();
      }
    }
    return "other";
  }
}
