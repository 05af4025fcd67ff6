package dev.holdfast.cookie;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashSet;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the keyed hash (HMAC-SHA-256, RFC 2104) is keyed with: the first secret makes companions,
 * all of them check. To change a secret, put the new one first, and remove the old one when every
 * cookie that it vouched for has ended.
 */
public final class CookieSecrets {
  /** The least length of a secret in bytes, that of the hash (RFC 2104 section 3). */
  public static final int MIN_BYTES = 32;

  /** At most so many secrets, for each costs a hash over a cookie that none of them made. */
  public static final int MAX_SECRETS = 8;

  private static final String ALGORITHM = "HmacSHA256";

  private final List<SecretKeySpec> keys;

  private CookieSecrets(List<SecretKeySpec> keys) {
    this.keys = keys;
  }

  /**
   * These texts, in UTF-8, the newest first.
   *
   * @throws IllegalArgumentException when there is none, there are too many, one is too short, or
   *     two are the same
   */
  public static CookieSecrets of(List<String> texts) {
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("at least one secret is needed");
    }
    if (texts.size() > MAX_SECRETS) {
      throw new IllegalArgumentException("there are more than " + MAX_SECRETS + " secrets");
    }
    if (new HashSet<>(texts).size() != texts.size()) {
      throw new IllegalArgumentException("two secrets are the same");
    }
    return new CookieSecrets(texts.stream().map(CookieSecrets::key).toList());
  }

  private static SecretKeySpec key(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < MIN_BYTES) {
      throw new IllegalArgumentException("a secret has fewer than " + MIN_BYTES + " bytes");
    }
    return new SecretKeySpec(bytes, ALGORITHM);
  }

  int size() {
    return keys.size();
  }

  /** The hash of {@code content} under the secret of that index, 32 bytes. */
  byte[] hash(int index, byte[] content) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(keys.get(index));
      return mac.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
    }
  }

  /** How many there are. */
  @Override
  public String toString() {
    return "CookieSecrets[" + keys.size() + "]";
  }
}
