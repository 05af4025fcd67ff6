package dev.holdfast.tokenbinding.message;

import dev.holdfast.internal.jose.SigningAlgorithm;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The registered TokenBindingKeyParameters: a kind of key and how it signs.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8471#section-6.1">RFC 8471, section 6.1</a>
 */
public enum KeyParameters {
  /** RSA with 2048 bits, RSASSA-PKCS1-v1_5 with SHA-256. */
  RSA2048_PKCS1_5(0, "rsa2048_pkcs1.5", SigningAlgorithm.RS256, 256),
  /** RSA with 2048 bits, RSASSA-PSS with SHA-256, MGF1 with SHA-256 and a salt of 32 bytes. */
  RSA2048_PSS(1, "rsa2048_pss", SigningAlgorithm.PS256, 256),
  /** ECDSA on P-256 with SHA-256. */
  ECDSAP256(2, "ecdsap256", SigningAlgorithm.ES256, 64);

  private static final KeyParameters[] BY_VALUE = values();

  private final int value;
  private final String propertyName;
  private final SigningAlgorithm algorithm;
  private final int signatureBytes;

  KeyParameters(int value, String propertyName, SigningAlgorithm algorithm, int signatureBytes) {
    this.value = value;
    this.propertyName = propertyName;
    this.algorithm = algorithm;
    this.signatureBytes = signatureBytes;
  }

  /** The value on the wire: 0, 1 or 2. */
  public int value() {
    return value;
  }

  /** The registered description, which configuration uses too, for example {@code ecdsap256}. */
  public String propertyName() {
    return propertyName;
  }

  /** The key parameters of that value on the wire; empty when it is not a known one. */
  public static Optional<KeyParameters> ofValue(int value) {
    return Optional.ofNullable(orNull(value));
  }

  /** The key parameters that configuration names so. */
  public static Optional<KeyParameters> ofPropertyName(String name) {
    for (KeyParameters parameters : BY_VALUE) {
      if (parameters.propertyName.equals(name)) {
        return Optional.of(parameters);
      }
    }
    return Optional.empty();
  }

  /** How such a key signs. */
  SigningAlgorithm algorithm() {
    return algorithm;
  }

  /** The one length of its signatures. */
  int signatureBytes() {
    return signatureBytes;
  }

  static @Nullable KeyParameters orNull(int value) {
    return value >= 0 && value < BY_VALUE.length ? BY_VALUE[value] : null;
  }
}
