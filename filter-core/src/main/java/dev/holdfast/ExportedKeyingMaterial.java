package dev.holdfast;

import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the TLS layer gives Token Binding for one connection: 32 bytes under the label {@code
 * EXPORTER-Token-Binding} without a context, and the key parameters that hold there.
 *
 * <p>Two are equal when their bytes and key parameters are; the bytes are compared in constant time
 * and never shown.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8471#section-3.3">RFC 8471, section 3.3</a>
 */
public final class ExportedKeyingMaterial {
  /** The length in bytes. */
  public static final int BYTES = 32;

  /** How client and server came to agree on the key parameters. */
  public enum Agreement {
    /** By the TLS extension of RFC 8472, in the handshake. */
    NEGOTIATED,
    /**
     * By this port's configuration: every client of it speaks Token Binding, so that a request
     * without a message is refused (RFC 8471 section 7.2).
     */
    CONFIGURED
  }

  private final byte[] bytes;
  private final int keyParameters;
  private final Agreement agreement;

  /**
   * Copies the bytes.
   *
   * @param bytes 32 of them, of the current connection, exported when its handshake ended
   * @param keyParameters the TokenBindingKeyParameters value, 0 to 255 (RFC 8471 section 3.1)
   * @throws IllegalArgumentException when the bytes are not 32 or the value is no byte
   */
  public ExportedKeyingMaterial(byte[] bytes, int keyParameters, Agreement agreement) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("exported keying material has 32 bytes");
    }
    if (keyParameters < 0 || keyParameters > 255) {
      throw new IllegalArgumentException("key parameters are one byte");
    }
    this.bytes = bytes.clone();
    this.keyParameters = keyParameters;
    this.agreement = agreement;
  }

  /** A copy of the 32 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The TokenBindingKeyParameters value that a provided Token Binding must have, 0 to 255. */
  public int keyParameters() {
    return keyParameters;
  }

  /** How the key parameters were agreed on. */
  public Agreement agreement() {
    return agreement;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ExportedKeyingMaterial that
        && keyParameters == that.keyParameters
        && agreement == that.agreement
        && MessageDigest.isEqual(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes) * 31 + keyParameters;
  }

  @Override
  public String toString() {
    return "ExportedKeyingMaterial[keyParameters=" + keyParameters + ", " + agreement + "]";
  }
}
