package dev.holdfast.introspection.client;

import dev.holdfast.internal.Base64Url;
import dev.holdfast.internal.files.UnusableFileException;
import dev.holdfast.internal.jose.SignatureProviders;
import dev.holdfast.internal.jose.SigningAlgorithm;
import dev.holdfast.internal.jose.UnacceptableJoseException;
import dev.holdfast.internal.jose.privatekey.JwsSigner;
import dev.holdfast.internal.jose.privatekey.OwnKey;
import dev.holdfast.internal.jose.privatekey.PrivateKeyText;
import dev.holdfast.internal.json.QuotedText;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is in its file now, with the header of what it signs.
 *
 * @param header in base64url
 */
record SigningKey(JwsSigner signer, String header) {

  /** The key in the file, with what the settings say of it. */
  static SigningKey of(ClientKey settings, byte[] content) throws UnusableFileException {
    try {
      OwnKey key = PrivateKeyText.read(content);
      UnacceptableJoseException.require(
          key.use() == null || key.use().equals("sig"), "the use of the JWK is not sig");
      JwsSigner signer =
          JwsSigner.of(key, algorithm(settings, key), SignatureProviders.ofThisProcess());
      return new SigningKey(signer, header(signer.algorithm(), keyId(settings, key)));
    } catch (UnacceptableJoseException broken) {
      throw new UnusableFileException(broken.rule());
    }
  }

  private static SigningAlgorithm algorithm(ClientKey settings, OwnKey key)
      throws UnacceptableJoseException {
    String own = key.algorithm();
    String chosen = settings.algorithm();
    UnacceptableJoseException.require(
        own == null || chosen == null || own.equals(chosen),
        "the JWK says another alg than client-key-algorithm");
    String name = chosen != null ? chosen : own;
    SigningAlgorithm algorithm =
        name == null ? key.signingAlgorithms().get(0) : SigningAlgorithm.named(name);
    if (algorithm == null) {
      throw new UnacceptableJoseException("the alg of the JWK is not one for signatures");
    }
    return algorithm;
  }

  private static @Nullable String keyId(ClientKey settings, OwnKey key)
      throws UnacceptableJoseException {
    UnacceptableJoseException.require(
        key.id() == null || settings.id() == null || key.id().equals(settings.id()),
        "the JWK says another kid than client-key-id");
    return settings.id() != null ? settings.id() : key.id();
  }

  private static String header(SigningAlgorithm algorithm, @Nullable String keyId) {
    String json =
        "{\"alg\":\""
            + algorithm.text()
            + '"'
            + (keyId == null ? "" : ",\"kid\":" + QuotedText.quoted(keyId))
            + '}';
    return Base64Url.encode(json.getBytes(StandardCharsets.US_ASCII));
  }
}
