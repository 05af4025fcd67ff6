package dev.holdfast.testing;

import java.io.ByteArrayOutputStream;

/**
 * One TokenBinding structure with every field at hand, so that a test can spoil exactly one (RFC
 * 8471 section 3). Each {@code with…} gives a changed copy; nothing is signed again.
 *
 * @param type the TokenBindingType, 0 to 255
 * @param keyParameters the TokenBindingKeyParameters, 0 to 255
 * @param key the TokenBindingPublicKey
 * @param signature the signature
 * @param extensions the content of the extensions vector
 */
@SuppressWarnings("ArrayRecordComponent") // for tests, which compare the encodings
public record TokenBindingSpecimen(
    int type, int keyParameters, byte[] key, byte[] signature, byte[] extensions) {
  /** Provided to this server (RFC 8471 section 3.1). */
  public static final int PROVIDED = 0;

  /** Used with another server. */
  public static final int REFERRED = 1;

  /** The same with another type, which the signature does not cover. */
  public TokenBindingSpecimen withType(int changed) {
    return new TokenBindingSpecimen(changed, keyParameters, key, signature, extensions);
  }

  /** The same with other key parameters, which the signature does not cover. */
  public TokenBindingSpecimen withKeyParameters(int changed) {
    return new TokenBindingSpecimen(type, changed, key, signature, extensions);
  }

  /** The same with another public key. */
  public TokenBindingSpecimen withKey(byte[] changed) {
    return new TokenBindingSpecimen(type, keyParameters, changed, signature, extensions);
  }

  /** The same with another signature. */
  public TokenBindingSpecimen withSignature(byte[] changed) {
    return new TokenBindingSpecimen(type, keyParameters, key, changed, extensions);
  }

  /** The same with these bytes as the content of the extensions vector, well-formed or not. */
  public TokenBindingSpecimen withExtensions(byte[] changed) {
    return new TokenBindingSpecimen(type, keyParameters, key, signature, changed);
  }

  /** The same with one more extension. */
  public TokenBindingSpecimen withExtension(int extensionType, byte[] data) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(extensions);
    all.write(extensionType);
    vector(all, data);
    return withExtensions(all.toByteArray());
  }

  /** The TokenBindingID: key parameters, key length, key. */
  public byte[] id() {
    return idOf(keyParameters, key);
  }

  static byte[] idOf(int keyParameters, byte[] key) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(keyParameters);
    vector(out, key);
    return out.toByteArray();
  }

  /** The TokenBinding structure. */
  public byte[] encoded() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(type);
    out.writeBytes(id());
    vector(out, signature);
    vector(out, extensions);
    return out.toByteArray();
  }

  /** The TokenBindingMessage of these, in this order. */
  public static byte[] message(TokenBindingSpecimen... bindings) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (TokenBindingSpecimen binding : bindings) {
      content.writeBytes(binding.encoded());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    vector(out, content.toByteArray());
    return out.toByteArray();
  }

  /** A vector with a length of two bytes. */
  private static void vector(ByteArrayOutputStream out, byte[] content) {
    out.write(content.length >>> 8);
    out.write(content.length);
    out.writeBytes(content);
  }

  @Override
  public String toString() {
    return "TokenBindingSpecimen[type=" + type + ", keyParameters=" + keyParameters + "]";
  }
}
