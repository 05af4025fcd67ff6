package dev.holdfast.tokenbinding.message;

/**
 * A TB_Extension. None is registered, so none has a meaning here; a well-formed one is ignored.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8471#section-3.4">RFC 8471, section 3.4</a>
 */
public final class TokenBindingExtension {
  private final int type;
  private final byte[] data;

  private TokenBindingExtension(int type, byte[] data) {
    this.type = type;
    this.data = data;
  }

  static TokenBindingExtension read(ByteReader reader) throws RefusedTokenBindingException {
    int type = reader.u8();
    return new TokenBindingExtension(type, reader.take(reader.u16()));
  }

  /** The TB_ExtensionType value, 0 to 255. */
  public int type() {
    return type;
  }

  /** A copy of the data. */
  public byte[] data() {
    return data.clone();
  }

  /** The type and the length. */
  @Override
  public String toString() {
    return "TokenBindingExtension[type " + type + ", " + data.length + " bytes]";
  }
}
