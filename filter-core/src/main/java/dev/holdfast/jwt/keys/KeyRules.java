package dev.holdfast.jwt.keys;

import static dev.holdfast.internal.jose.UnacceptableJoseException.require;

import dev.holdfast.internal.jose.PublicJwk;
import dev.holdfast.internal.jose.RsaKeyRules;
import dev.holdfast.internal.jose.SignatureCheck;
import dev.holdfast.internal.jose.SignatureProviders;
import dev.holdfast.internal.jose.SigningAlgorithm;
import dev.holdfast.internal.jose.UnacceptableJoseException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which member of a key set may check tokens (RFC 7517 section 4): a sound public key ({@link
 * PublicJwk}) that is meant for signatures. Each broken rule refuses that key and leaves the others
 * alone. A {@code null} is an absent member.
 */
final class KeyRules {
  private static final Set<Object> ED25519_NAMES =
      Set.of(SigningAlgorithm.EDDSA.text(), SigningAlgorithm.ED25519.text());

  private KeyRules() {}

  /**
   * Makes a verification key of one member of {@code keys}.
   *
   * @throws UnacceptableJoseException with the rule it breaks
   */
  static VerificationKey accept(Map<String, Object> published) throws UnacceptableJoseException {
    Map<String, Object> members = new HashMap<>(published);
    members.values().removeIf(Objects::isNull);
    if (members.containsKey("use")) {
      require("sig".equals(members.get("use")), "its use is not sig");
    }
    if (members.containsKey("key_ops")) {
      require(
          members.get("key_ops") instanceof List<?> operations && operations.contains("verify"),
          "its key_ops do not say verify");
    }
    PublicJwk key = PublicJwk.read(members, RsaKeyRules.MIN_BITS);
    Map<SigningAlgorithm, SignatureCheck> checks = new EnumMap<>(SigningAlgorithm.class);
    for (SigningAlgorithm algorithm : algorithms(key, members.get("alg"))) {
      checks.put(algorithm, key.check(algorithm, SignatureProviders.ofThisProcess()));
    }
    return new VerificationKey(key.id(), checks);
  }

  /**
   * The algorithms that fit type and curve, and the key's own {@code alg} if it has one. {@code
   * EdDSA} and {@code Ed25519} are two names of one.
   */
  private static Set<SigningAlgorithm> algorithms(PublicJwk key, @Nullable Object own)
      throws UnacceptableJoseException {
    Set<SigningAlgorithm> algorithms = EnumSet.noneOf(SigningAlgorithm.class);
    for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
      boolean isOwn =
          own == null
              || algorithm.text().equals(own)
              || (algorithm.keyType().equals("OKP") && ED25519_NAMES.contains(own));
      if (isOwn && key.fits(algorithm)) {
        algorithms.add(algorithm);
      }
    }
    require(!algorithms.isEmpty(), "its curve or its alg is not one for signatures");
    return algorithms;
  }
}
