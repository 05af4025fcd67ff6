package dev.holdfast.tokenbinding.message;

import dev.holdfast.Sha256Digest;
import dev.holdfast.internal.Base64Url;
import dev.holdfast.internal.jose.SignatureCheck;
import dev.holdfast.internal.jose.SignatureProviders;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Token Binding ID: key parameters (one byte), key length (two bytes), public key, as received.
 *
 * <p>One key has one ID: with known key parameters, the public key is read strictly (a P-256 point
 * of 64 bytes on the curve; an odd RSA modulus of exactly 2048 bits and an odd exponent of at least
 * 3 and at most 8 bytes, both without leading zero bytes), and any other spelling is refused. With
 * unknown key parameters the key is opaque.
 *
 * <p>Having one proves nothing; {@link VerifiedTokenBindings} holds those that were proven.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8471#section-3.2">RFC 8471, section 3.2</a>
 */
public final class TokenBindingId {
  /** The longest ID that is read, in bytes; the longest of known key parameters has 270. */
  public static final int MAX_BYTES = 1200;

  private final byte[] bytes;
  private final @Nullable KeyParameters keyParameters;
  private final @Nullable KeySpec key;
  private @Nullable Sha256Digest digest;

  private TokenBindingId(
      byte[] bytes, @Nullable KeyParameters keyParameters, @Nullable KeySpec key) {
    this.bytes = bytes;
    this.keyParameters = keyParameters;
    this.key = key;
  }

  /**
   * Reads an ID that stands alone, to its last byte.
   *
   * @throws RefusedTokenBindingException when it breaks a rule of its structure or its key
   */
  public static TokenBindingId parse(byte[] bytes) throws RefusedTokenBindingException {
    ByteReader reader = new ByteReader(bytes);
    TokenBindingId id = read(reader);
    if (reader.hasMore()) {
      throw new RefusedTokenBindingException("the id has trailing bytes");
    }
    return id;
  }

  /** Reads an ID from where the reader stands. */
  static TokenBindingId read(ByteReader reader) throws RefusedTokenBindingException {
    int start = reader.position();
    KeyParameters parameters = KeyParameters.orNull(reader.u8());
    int length = reader.u16();
    if (length > MAX_BYTES - 3) {
      throw new RefusedTokenBindingException("the id is longer than 1200 bytes");
    }
    ByteReader key = reader.range(length);
    KeySpec spec = parameters == null ? null : KeyEncoding.read(parameters, key);
    return new TokenBindingId(reader.since(start), parameters, spec);
  }

  /** A copy of the bytes as received. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The key parameters, empty when they are none of the registered ones. */
  public Optional<KeyParameters> keyParameters() {
    return Optional.ofNullable(keyParameters);
  }

  /** The TokenBindingKeyParameters value as received, 0 to 255. */
  public int keyParametersValue() {
    return bytes[0] & 0xff;
  }

  /**
   * The SHA-256 of the ID: what the member {@code tbh} of a {@code cnf} says (OAuth 2.0 Token
   * Binding, section 3.4).
   */
  public Sha256Digest digest() {
    Sha256Digest known = digest;
    if (known == null) {
      known = Sha256Digest.of(bytes);
      digest = known; // a race computes the same value twice
    }
    return known;
  }

  /** The member {@code tbh}: the digest in base64url without padding, 43 characters. */
  public String tbh() {
    return digest().toBase64Url();
  }

  /** The whole ID in base64url without padding, as in {@code Sec-Provided-Token-Binding-ID}. */
  public String toBase64Url() {
    return Base64Url.encode(bytes);
  }

  public @Nullable KeyParameters knownKeyParameters() {
    return keyParameters;
  }

  /**
   * Checks signatures by this key; null when the key parameters are unknown, or when the key is
   * none that can be computed with.
   */
  @Nullable SignatureCheck check() {
    if (keyParameters == null || key == null) {
      return null;
    }
    try {
      return SignatureCheck.of(keyParameters.algorithm(), key, SignatureProviders.ofThisProcess());
    } catch (InvalidKeySpecException unusable) {
      return null;
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TokenBindingId that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The key parameters and the digest's first characters. */
  @Override
  public String toString() {
    return "TokenBindingId["
        + (keyParameters == null
            ? "key parameters " + keyParametersValue()
            : keyParameters.propertyName())
        + ", "
        + digest()
        + "]";
  }
}
