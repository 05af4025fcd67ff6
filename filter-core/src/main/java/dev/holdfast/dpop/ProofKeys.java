package dev.holdfast.dpop;

import static dev.holdfast.dpop.UnacceptableProofException.require;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.holdfast.internal.jose.CompactJws;
import dev.holdfast.internal.jose.JoseHeader;
import dev.holdfast.internal.jose.SignatureProviders;
import dev.holdfast.internal.jose.SigningAlgorithm;
import dev.holdfast.internal.jose.UnacceptableJoseException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys in the headers of proofs. A client's header is the same text in every proof, so the text
 * of those whose request passed is remembered with its key, and parsed once.
 *
 * <p>A key is remembered under one text, the last one that was not known: whoever spells the header
 * of one key in many ways takes the room of one. All of them together take a share of the heap at
 * most, and what nobody has used for a while goes. Safe for use by many threads.
 */
final class ProofKeys {
  private static final long MAX_REMEMBERED_BYTES = 128L << 20;
  private static final int HEAP_SHARE = 16;
  private static final Duration IDLE = Duration.ofMinutes(15);

  /** What a remembered key takes beside its text and itself: two entries, digest, thumbprint. */
  private static final int ENTRY_BYTES = 512;

  /** Room for an RSA key of 4096 bits; a longer header is parsed each time. */
  private static final int MAX_REMEMBERED_LENGTH = 1536;

  private final Set<SigningAlgorithm> algorithms;
  private final int minRsaBits;
  private final SignatureProviders providers;

  private final Cache<String, ProofKey> remembered;

  /** The text under which a key is remembered, by thumbprint; also of some that no longer are. */
  private final Cache<String, String> spellings;

  ProofKeys(DpopRules rules, SignatureProviders providers) {
    this(rules, providers, Runtime.getRuntime().maxMemory(), Ticker.systemTicker());
  }

  ProofKeys(DpopRules rules, SignatureProviders providers, long heapBytes, Ticker ticker) {
    long room = Math.min(MAX_REMEMBERED_BYTES, heapBytes / HEAP_SHARE);
    this.remembered =
        bounded(room, ticker)
            .weigher(
                (String header, ProofKey key) -> bytes(header) + key.check().kilobytes() * 1024)
            .build();
    this.spellings =
        bounded(room / 2, ticker)
            .weigher((String thumbprint, String header) -> bytes(header))
            .build();
    this.algorithms = SigningAlgorithm.allowedBy(rules.algorithms());
    this.minRsaBits = rules.minRsaBits();
    this.providers = providers;
  }

  /** The key in this header, whose signature nobody has checked. */
  ProofKey in(String header) throws UnacceptableProofException {
    ProofKey known = remembered.getIfPresent(header);
    return known != null ? known : read(header);
  }

  // Maintenance is a few steps without I/O: no reason for another thread.
  private static Caffeine<Object, Object> bounded(long bytes, Ticker ticker) {
    return Caffeine.newBuilder()
        .maximumWeight(bytes)
        .expireAfterAccess(IDLE)
        .ticker(ticker)
        .executor(Runnable::run);
  }

  private static int bytes(String header) {
    return header.length() + ENTRY_BYTES;
  }

  /** Remembers the key of a header, once a signature has held and the request passes. */
  void remember(String header, ProofKey key) {
    if (header.length() <= MAX_REMEMBERED_LENGTH && remembered.getIfPresent(header) == null) {
      spellings
          .asMap()
          .compute(key.thumbprint(), (thumbprint, former) -> replaced(former, header, key));
    }
  }

  private String replaced(@Nullable String former, String header, ProofKey key) {
    if (former != null) {
      remembered.invalidate(former);
    }
    remembered.put(header, key);
    return header;
  }

  /** How many headers are remembered, about. */
  long size() {
    remembered.cleanUp();
    return remembered.estimatedSize();
  }

  private ProofKey read(String text) throws UnacceptableProofException {
    try {
      Map<String, Object> members = CompactJws.membersOf(text);
      JoseHeader header = JoseHeader.of(members);
      require("dpop+jwt".equals(header.type()), "typ is not dpop+jwt");
      SigningAlgorithm algorithm = SigningAlgorithm.named(header.algorithm());
      if (algorithm == null || !algorithms.contains(algorithm)) {
        throw new UnacceptableProofException("alg is not allowed");
      }
      return ProofJwk.read(members.get("jwk"), algorithm, minRsaBits, providers);
    } catch (UnacceptableJoseException refused) {
      throw new UnacceptableProofException(refused.rule());
    }
  }
}
