package dev.holdfast.introspection.shared;

import dev.holdfast.Sha256Digest;
import dev.holdfast.internal.Base64Url;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Names and encrypts entries, by keys that are made of one secret and a realm.
 *
 * <p>An entry is the version 1, four bytes that tell keys apart, a random salt of 16 bytes, a
 * random nonce of 12 bytes, and what AES-256-GCM makes of the content (NIST SP 800-38D). The key of
 * that is an HMAC of salt and name, so that no number of entries wears a key out. The name, the
 * version and the key's mark are authenticated too: an entry under another name does not open.
 */
final class EntryCipher {
  private static final byte VERSION = 1;
  private static final int MARK = 4;
  private static final int SALT = 16;
  private static final int NONCE = 12;
  private static final int TAG = 16;
  private static final int HEAD = 1 + MARK + SALT + NONCE;
  private static final String HMAC = "HmacSHA256";

  private final SecretKeySpec names;
  private final SecretKeySpec entries;
  private final byte[] mark;
  private final SecureRandom random;

  /**
   * A cipher.
   *
   * @param secret 32 bytes
   * @param realm which configuration the entries belong to
   */
  EntryCipher(byte[] secret, String realm, SecureRandom random) {
    SecretKeySpec root = new SecretKeySpec(secret, HMAC);
    byte[] of = realm.getBytes(StandardCharsets.UTF_8);
    this.names = new SecretKeySpec(hmac(root, ascii("holdfast token names"), of), HMAC);
    this.entries = new SecretKeySpec(hmac(root, ascii("holdfast token entries"), of), HMAC);
    this.mark = Arrays.copyOf(hmac(entries, ascii("mark")), MARK);
    this.random = random;
  }

  /** Under which name the entry of this token lies: 43 characters of base64url. */
  String name(Sha256Digest token) {
    ByteBuffer digest = ByteBuffer.allocate(4 * Long.BYTES);
    for (int i = 0; i < 4; i++) {
      digest.putLong(token.word(i));
    }
    return Base64Url.encode(hmac(names, digest.array()));
  }

  /** The entry with this content. */
  byte[] seal(String name, byte[] content) {
    byte[] salt = new byte[SALT];
    byte[] nonce = new byte[NONCE];
    random.nextBytes(salt);
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, name, salt, nonce).doFinal(content);
      return ByteBuffer.allocate(HEAD + sealed.length)
          .put(VERSION)
          .put(mark)
          .put(salt)
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    }
  }

  /**
   * Whether it is of another version, or was made by another key: after an upgrade or with a new
   * key this is as it should be.
   */
  boolean isOfOthers(byte[] entry) {
    return entry.length >= HEAD + TAG
        && (entry[0] != VERSION || !Arrays.equals(entry, 1, 1 + MARK, mark, 0, MARK));
  }

  /** The content of an entry that was made under this name; null when it was not. */
  byte @Nullable [] open(String name, byte[] entry) {
    if (entry.length < HEAD + TAG || isOfOthers(entry)) {
      return null;
    }
    byte[] salt = Arrays.copyOfRange(entry, 1 + MARK, 1 + MARK + SALT);
    byte[] nonce = Arrays.copyOfRange(entry, HEAD - NONCE, HEAD);
    try {
      return cipher(Cipher.DECRYPT_MODE, name, salt, nonce)
          .doFinal(entry, HEAD, entry.length - HEAD);
    } catch (GeneralSecurityException forged) {
      return null;
    }
  }

  private Cipher cipher(int mode, String name, byte[] salt, byte[] nonce)
      throws GeneralSecurityException {
    byte[] key = hmac(entries, salt, ascii(name));
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG * 8, nonce));
    cipher.updateAAD(new byte[] {VERSION});
    cipher.updateAAD(mark);
    cipher.updateAAD(ascii(name));
    return cipher;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] hmac(SecretKeySpec key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
    }
  }
}
