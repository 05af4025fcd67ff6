package dev.holdfast.tokenbinding.message;

import dev.holdfast.internal.jose.SignatureCheck;
import java.util.ArrayList;
import java.util.List;

/**
 * One TokenBinding of a message: unverified, a claim to hold a key.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8471#section-3">RFC 8471, section 3</a>
 */
public final class TokenBinding {
  /** The registered TokenBindingTypes; every other value is unknown here. */
  public enum Type {
    /** The key that the client uses with this server. */
    PROVIDED,
    /** A key that the client uses with another server. */
    REFERRED,
    /** Neither of the two. */
    UNKNOWN
  }

  private static final int MIN_SIGNATURE_BYTES = 64;

  private final int typeValue;
  private final TokenBindingId id;
  private final byte[] signature;
  private final List<TokenBindingExtension> extensions;

  private TokenBinding(
      int typeValue, TokenBindingId id, byte[] signature, List<TokenBindingExtension> extensions) {
    this.typeValue = typeValue;
    this.id = id;
    this.signature = signature;
    this.extensions = List.copyOf(extensions);
  }

  static TokenBinding read(ByteReader reader) throws RefusedTokenBindingException {
    int typeValue = reader.u8();
    TokenBindingId id = TokenBindingId.read(reader);
    int signatureBytes = reader.u16();
    KeyParameters parameters = id.knownKeyParameters();
    if (parameters != null && signatureBytes != parameters.signatureBytes()) {
      throw new RefusedTokenBindingException("the signature's length is not that of its key");
    }
    if (signatureBytes < MIN_SIGNATURE_BYTES) {
      throw new RefusedTokenBindingException("a signature has at least 64 bytes");
    }
    byte[] signature = reader.take(signatureBytes);
    ByteReader vector = reader.range(reader.u16());
    List<TokenBindingExtension> extensions = new ArrayList<>(0);
    while (vector.hasMore()) {
      extensions.add(TokenBindingExtension.read(vector));
    }
    return new TokenBinding(typeValue, id, signature, extensions);
  }

  /** What the binding is for. */
  public Type type() {
    return switch (typeValue) {
      case 0 -> Type.PROVIDED;
      case 1 -> Type.REFERRED;
      default -> Type.UNKNOWN;
    };
  }

  /** The TokenBindingType value as received, 0 to 255. */
  public int typeValue() {
    return typeValue;
  }

  /** The ID of the key. */
  public TokenBindingId id() {
    return id;
  }

  /** A copy of the signature. */
  public byte[] signature() {
    return signature.clone();
  }

  /** The extensions, all of them unknown, in the order received. */
  public List<TokenBindingExtension> extensions() {
    return extensions;
  }

  boolean hasKnownKeyParameters() {
    return id.knownKeyParameters() != null;
  }

  /**
   * Whether the signature is one over type, key parameters and this keying material (RFC 8471
   * section 3.3), of a key whose kind is known.
   */
  boolean isSignedOver(byte[] keyingMaterial) {
    SignatureCheck check = id.check();
    if (check == null) {
      return false;
    }
    byte[] signed = new byte[2 + keyingMaterial.length];
    signed[0] = (byte) typeValue;
    signed[1] = (byte) id.keyParametersValue();
    System.arraycopy(keyingMaterial, 0, signed, 2, keyingMaterial.length);
    return check.holds(signed, signature);
  }

  /** The type, the ID and the extensions; never the signature. */
  @Override
  public String toString() {
    Object shown = type() == Type.UNKNOWN ? "type " + typeValue : type();
    return "TokenBinding[" + shown + ", " + id + ", " + extensions + "]";
  }
}
