package dev.holdfast.dpop;

import static dev.holdfast.dpop.UnacceptableProofException.require;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.holdfast.internal.crypto.SignatureProviders;
import dev.holdfast.internal.crypto.SigningAlgorithm;
import dev.holdfast.internal.json.MalformedJsonException;
import dev.holdfast.internal.json.StrictJson;
import java.util.Map;
import java.util.Set;

/**
 * The keys in the headers of proofs. A client's header is the same text in every proof, so the text
 * of those whose request passed is remembered with its key, and parsed once.
 *
 * <p>Bounded in what they take together and in the size of each; safe for use by many threads.
 */
final class ProofKeys {
  private static final long MAX_REMEMBERED_KILOBYTES = 128 * 1024;

  /** Room for an RSA key of 4096 bits; a longer header is parsed each time. */
  private static final int MAX_REMEMBERED_LENGTH = 1536;

  private final Set<SigningAlgorithm> algorithms;
  private final int minRsaBits;
  private final SignatureProviders providers;

  // Maintenance is a few steps without I/O: no reason for another thread.
  private final Cache<String, ProofKey> remembered =
      Caffeine.newBuilder()
          .maximumWeight(MAX_REMEMBERED_KILOBYTES)
          .weigher((String header, ProofKey key) -> key.check().kilobytes())
          .executor(Runnable::run)
          .build();

  ProofKeys(DpopRules rules, SignatureProviders providers) {
    this.algorithms = SigningAlgorithm.allowedBy(rules.algorithms());
    this.minRsaBits = rules.minRsaBits();
    this.providers = providers;
  }

  /** The key in this header, whose signature nobody has checked. */
  ProofKey in(String header) throws UnacceptableProofException {
    ProofKey known = remembered.getIfPresent(header);
    return known != null ? known : read(header);
  }

  /** Remembers the key of a header, once a signature has held and the request passes. */
  void remember(String header, ProofKey key) {
    if (header.length() <= MAX_REMEMBERED_LENGTH && remembered.getIfPresent(header) == null) {
      remembered.put(header, key);
    }
  }

  /** How many headers are remembered, about. */
  long size() {
    remembered.cleanUp();
    return remembered.estimatedSize();
  }

  private ProofKey read(String header) throws UnacceptableProofException {
    Map<String, Object> members;
    try {
      members = StrictJson.parseObject(CompactProof.decode(header));
    } catch (MalformedJsonException malformed) {
      throw new UnacceptableProofException("the header is not one strict JSON object");
    }
    // No extension is understood here, so every well-formed crit must be refused (RFC 7515 section
    // 4.1.11), and a malformed one is not better.
    require(!members.containsKey("crit"), "crit demands an extension that is not understood");
    require("dpop+jwt".equals(members.get("typ")), "typ is not dpop+jwt");
    SigningAlgorithm algorithm =
        members.get("alg") instanceof String name ? SigningAlgorithm.named(name) : null;
    if (algorithm == null || !algorithms.contains(algorithm)) {
      throw new UnacceptableProofException("alg is not allowed");
    }
    if (members.get("jwk") instanceof Map<?, ?> jwk) {
      return ProofJwk.read(jwk, algorithm, minRsaBits, providers);
    }
    throw new UnacceptableProofException("jwk is missing or not an object");
  }
}
