package dev.holdfast.tokenbinding.message;

import dev.holdfast.ExportedKeyingMaterial;
import dev.holdfast.ExportedKeyingMaterial.Agreement;
import dev.holdfast.internal.Base64Url;
import dev.holdfast.testing.TokenBindingKey;
import dev.holdfast.testing.TokenBindingSpecimen;
import java.util.Arrays;
import java.util.List;

/** The keys and the connection that the tests of this package use. */
public final class Keys {
  public static final TokenBindingKey EC = TokenBindingKey.generate(TokenBindingKey.ECDSAP256);
  public static final TokenBindingKey OTHER_EC =
      TokenBindingKey.generate(TokenBindingKey.ECDSAP256);
  public static final TokenBindingKey PSS = TokenBindingKey.generate(TokenBindingKey.RSA2048_PSS);
  static final TokenBindingKey PKCS1 = TokenBindingKey.generate(TokenBindingKey.RSA2048_PKCS1_5);
  public static final List<TokenBindingKey> ALL = List.of(PKCS1, PSS, EC);

  static final int UNKNOWN_TYPE = 77;
  public static final int UNKNOWN_KEY_PARAMETERS = 96;

  private Keys() {}

  /** The keying material of a connection; another number is another connection. */
  public static byte[] ekm(int connection) {
    byte[] bytes = new byte[ExportedKeyingMaterial.BYTES];
    Arrays.fill(bytes, (byte) connection);
    return bytes;
  }

  public static ExportedKeyingMaterial connection(int connection, TokenBindingKey key) {
    return negotiated(ekm(connection), key.keyParameters());
  }

  public static ExportedKeyingMaterial negotiated(byte[] ekm, int keyParameters) {
    return new ExportedKeyingMaterial(ekm, keyParameters, Agreement.NEGOTIATED);
  }

  public static TokenBindingSpecimen provided(TokenBindingKey key) {
    return key.binding(TokenBindingSpecimen.PROVIDED, ekm(1));
  }

  public static TokenBindingSpecimen referred(TokenBindingKey key) {
    return key.binding(TokenBindingSpecimen.REFERRED, ekm(1));
  }

  public static String field(TokenBindingSpecimen... bindings) {
    return Base64Url.encode(TokenBindingSpecimen.message(bindings));
  }

  /** The rule by which it is refused on connection 1 with this key's parameters, or null. */
  static String refusal(byte[] message, TokenBindingKey key, UnknownTypes unknownTypes) {
    try {
      new TokenBindingMessageVerifier(unknownTypes)
          .verify(TokenBindingMessage.parse(message), connection(1, key));
      return null;
    } catch (RefusedTokenBindingException refused) {
      return refused.rule();
    }
  }

  static String refusal(TokenBindingKey key, TokenBindingSpecimen... bindings) {
    return refusal(TokenBindingSpecimen.message(bindings), key, UnknownTypes.SKIP);
  }

  static String strictRefusal(TokenBindingKey key, TokenBindingSpecimen... bindings) {
    return refusal(TokenBindingSpecimen.message(bindings), key, UnknownTypes.VERIFY);
  }
}
