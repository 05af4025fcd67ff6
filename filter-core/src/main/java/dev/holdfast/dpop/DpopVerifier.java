package dev.holdfast.dpop;

import static dev.holdfast.dpop.UnacceptableProofException.require;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.PresentedToken;
import dev.holdfast.Proof;
import dev.holdfast.ProofVerifier;
import dev.holdfast.ReplayGuard;
import dev.holdfast.RequestEvidence;
import dev.holdfast.Requirement;
import dev.holdfast.internal.jose.CompactJws;
import dev.holdfast.internal.jose.SignatureProviders;
import dev.holdfast.internal.jose.UnacceptableJoseException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Proves the key of a DPoP proof: signed for this request and this token, now.
 *
 * <p>Under the scheme {@code DPoP} there is exactly one proof and it is good, or the request is
 * refused; under another scheme nobody looks for one. The steps are those of RFC 9449 section 4.3,
 * the cheap ones first; the nonce and the replay check are left to {@link ProofSpending}, for the
 * time when everything else holds. Safe for use by many threads.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9449#section-4.3">RFC 9449, section 4.3</a>
 */
public final class DpopVerifier implements ProofVerifier {
  /** Room for an RSA key of 8192 bits, its signature and a long URI. */
  private static final int MAX_LENGTH = 8 * 1024;

  private final List<String> algorithms;
  private final String challengeParameters;
  private final ProofKeys keys;
  private final DpopNonces nonces;
  private final ReplayGuard guard;
  private final Clock clock;
  private final long lifetime;
  private final long skew;
  private final long widestSkew;

  /**
   * A verifier that knows no key yet.
   *
   * @param nonces the nonces that proofs need, where the policy asks for DPoP
   * @param guard where proofs are spent
   * @param clock what {@code iat} is compared with
   */
  public DpopVerifier(DpopRules rules, DpopNonces nonces, ReplayGuard guard, Clock clock) {
    this(rules, nonces, guard, clock, SignatureProviders.ofThisProcess());
  }

  /** The same with a choice of who checks signatures that is not the process's own. */
  public DpopVerifier(
      DpopRules rules,
      DpopNonces nonces,
      ReplayGuard guard,
      Clock clock,
      SignatureProviders providers) {
    this.algorithms = rules.algorithms();
    this.challengeParameters = "algs=\"" + String.join(" ", algorithms) + '"';
    this.keys = new ProofKeys(rules, providers);
    this.nonces = nonces;
    this.guard = guard;
    this.clock = clock;
    this.lifetime = rules.proofLifetime().toSeconds();
    this.skew = rules.clockSkew().toSeconds();
    this.widestSkew = Math.max(skew, nonces.proofClockSkew());
  }

  @Override
  public ConfirmationMethod method() {
    return ConfirmationMethod.DPOP;
  }

  @Override
  public String challengeParameters() {
    return challengeParameters;
  }

  @Override
  public Map<String, Object> metadata(List<Requirement> requirements) {
    Set<ConfirmationMethod> alone = Set.of(method());
    return Map.of(
        "dpop_signing_alg_values_supported",
        algorithms,
        "dpop_bound_access_tokens_required",
        requirements.stream()
            .allMatch(
                one -> one.mode() == Requirement.Mode.REQUIRED && one.methods().equals(alone)));
  }

  @Override
  public Proof prove(RequestEvidence evidence, PresentedToken token) {
    if (token.scheme() != ConfirmationMethod.DPOP.scheme()) {
      return Proof.Absent.ABSENT;
    }
    try {
      return proven(evidence, token);
    } catch (UnacceptableProofException refused) {
      return rejected(refused.rule());
    } catch (UnacceptableJoseException refused) {
      return rejected(refused.rule());
    }
  }

  private static Proof rejected(String rule) {
    return new Proof.Rejected(DpopRefusals.INVALID_DPOP_PROOF, rule);
  }

  private Proof proven(RequestEvidence evidence, PresentedToken token)
      throws UnacceptableProofException, UnacceptableJoseException {
    CompactJws proof = onlyOne(evidence.headers("DPoP"));
    ProofKey key = keys.in(proof.headerText());
    ProofClaims claims = ProofClaims.of(proof.claims());
    require(claims.method().equals(evidence.httpMethod()), "htm is not the request's method");
    requireTarget(claims.target(), evidence.targetUri());
    boolean needsNonce = !isNow(claims.issuedAt());
    require(claims.token().equals(token.digest()), "ath is not the digest of this token");
    require(proof.isSigned(key.check()), "the signature does not hold");
    Instant until = Instant.ofEpochSecond(claims.issuedAt() + lifetime + widestSkew);
    return new Proof.Proven(
        key.binding(),
        new ProofSpending(proof.headerText(), key, claims, needsNonce, until, keys, nonces, guard));
  }

  /** The one proof in the values of the {@code DPoP} header field (RFC 9449 section 4.3). */
  private static CompactJws onlyOne(List<String> fields)
      throws UnacceptableProofException, UnacceptableJoseException {
    require(!fields.isEmpty(), "there is no proof");
    require(fields.size() == 1, "there is more than one proof");
    String text = fields.get(0);
    require(text.length() <= MAX_LENGTH, "the proof is too long");
    return CompactJws.read(text);
  }

  private static void requireTarget(TargetUri claimed, @Nullable String requested)
      throws UnacceptableProofException {
    TargetUri target = requested == null ? null : TargetUri.of(requested);
    require(target != null, Proof.Rejected.UNKNOWN_TARGET);
    require(claimed.equals(target), Proof.Rejected.OTHER_TARGET);
  }

  /**
   * Whether {@code iat} alone says that the proof was made now. Where it does not, but would with a
   * current nonce, that is asked for when the proof is spent. Both ends of a window belong to it.
   * Whole seconds are compared. By how many a time is off tells a clock from an attack; the rule is
   * for the log alone.
   */
  private boolean isNow(long issuedAt) throws UnacceptableProofException {
    long now = clock.instant().getEpochSecond();
    if (issuedAt > now + widestSkew) {
      throw new UnacceptableProofException(
          "iat is in the future: by "
              + (issuedAt - now)
              + " s, and "
              + widestSkew
              + " s are allowed");
    }
    long oldest = lifetime + widestSkew;
    if (issuedAt < now - oldest) {
      throw new UnacceptableProofException(
          "iat is too long ago: " + (now - issuedAt) + " s, and " + oldest + " s are allowed");
    }
    return issuedAt <= now + skew && issuedAt >= now - lifetime - skew;
  }
}
