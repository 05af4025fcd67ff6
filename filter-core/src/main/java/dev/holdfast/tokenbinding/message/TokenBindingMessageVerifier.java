package dev.holdfast.tokenbinding.message;

import dev.holdfast.ExportedKeyingMaterial;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a message against the keying material of the connection it came on. Stateless and safe
 * for use by many threads; it remembers nothing, which is {@code TokenBindings}' work.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8471#section-4.2">RFC 8471, section 4.2</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8473#section-2">RFC 8473, section 2</a>
 */
public final class TokenBindingMessageVerifier {
  private final UnknownTypes unknownTypes;

  /** A verifier that treats bindings of an unknown type so. */
  public TokenBindingMessageVerifier(UnknownTypes unknownTypes) {
    this.unknownTypes = unknownTypes;
  }

  /**
   * What the message proves on the connection with this keying material.
   *
   * @throws RefusedTokenBindingException when there is not exactly one provided and at most one
   *     referred binding, when the provided key parameters are not those agreed on, or when a
   *     signature does not hold; every bound token on that request is then to be refused
   */
  public VerifiedTokenBindings verify(
      TokenBindingMessage message, ExportedKeyingMaterial keyingMaterial)
      throws RefusedTokenBindingException {
    TokenBinding provided = only(message, TokenBinding.Type.PROVIDED);
    TokenBinding referred = only(message, TokenBinding.Type.REFERRED);
    if (provided == null) {
      throw new RefusedTokenBindingException("the message has no provided binding");
    }
    if (provided.id().keyParametersValue() != keyingMaterial.keyParameters()) {
      throw new RefusedTokenBindingException("the provided key parameters are not those agreed on");
    }
    byte[] bytes = keyingMaterial.bytes();
    if (!provided.isSignedOver(bytes)) {
      throw new RefusedTokenBindingException("the provided binding's signature does not hold");
    }
    if (referred != null && referred.hasKnownKeyParameters() && !referred.isSignedOver(bytes)) {
      throw new RefusedTokenBindingException("the referred binding's signature does not hold");
    }
    if (unknownTypes == UnknownTypes.VERIFY) {
      verifyUnknown(message, bytes);
    }
    return new VerifiedTokenBindings(provided.id(), referred == null ? null : referred.id());
  }

  private static @Nullable TokenBinding only(TokenBindingMessage message, TokenBinding.Type type)
      throws RefusedTokenBindingException {
    TokenBinding only = null;
    for (TokenBinding binding : message.bindings()) {
      if (binding.type() == type) {
        if (only != null) {
          throw new RefusedTokenBindingException(
              "the message has more than one provided or referred binding");
        }
        only = binding;
      }
    }
    return only;
  }

  private static void verifyUnknown(TokenBindingMessage message, byte[] keyingMaterial)
      throws RefusedTokenBindingException {
    for (TokenBinding binding : message.bindings()) {
      if (binding.type() == TokenBinding.Type.UNKNOWN
          && binding.hasKnownKeyParameters()
          && !binding.isSignedOver(keyingMaterial)) {
        throw new RefusedTokenBindingException(
            "the signature of a binding of an unknown type does not hold");
      }
    }
  }
}
