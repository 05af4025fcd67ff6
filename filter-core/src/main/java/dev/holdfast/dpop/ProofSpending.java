package dev.holdfast.dpop;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.Refusal;
import dev.holdfast.ReplayGuard;
import dev.holdfast.Requirement;
import dev.holdfast.Sha256Digest;
import dev.holdfast.Spending;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The last steps of a good proof: its nonce, if the place asks for DPoP or if {@code iat} alone
 * does not say that the proof is new, and its one use (RFC 9449 sections 9 and 11.1).
 */
final class ProofSpending implements Spending {
  private final String header;
  private final ProofKey key;
  private final ProofClaims claims;
  private final boolean needsNonce;
  private final Instant acceptableUntil;
  private final ProofKeys keys;
  private final DpopNonces nonces;
  private final ReplayGuard guard;

  ProofSpending(
      String header,
      ProofKey key,
      ProofClaims claims,
      boolean needsNonce,
      Instant acceptableUntil,
      ProofKeys keys,
      DpopNonces nonces,
      ReplayGuard guard) {
    this.header = header;
    this.key = key;
    this.claims = claims;
    this.needsNonce = needsNonce;
    this.acceptableUntil = acceptableUntil;
    this.keys = keys;
    this.nonces = nonces;
    this.guard = guard;
  }

  @Override
  public Spent spend(Requirement requirement) {
    Map<String, String> fresh = nonces.offerTo(claims.nonce());
    return lacksNonce(requirement)
        ? nonceNeeded(fresh)
        : outcome(guard.spend(key.binding(), identity(), acceptableUntil), fresh);
  }

  @Override
  public CompletionStage<Spent> spendAsync(Requirement requirement) {
    Map<String, String> fresh = nonces.offerTo(claims.nonce());
    return lacksNonce(requirement)
        ? CompletableFuture.completedFuture(nonceNeeded(fresh))
        : guard
            .spendAsync(key.binding(), identity(), acceptableUntil)
            .thenApply(outcome -> outcome(outcome, fresh));
  }

  private boolean lacksNonce(Requirement requirement) {
    boolean asksForNonce = needsNonce || requirement.methods().contains(ConfirmationMethod.DPOP);
    return asksForNonce && !nonces.accept(claims.nonce());
  }

  private static Spent nonceNeeded(Map<String, String> fresh) {
    Refusal needed = DpopRefusals.DPOP_NONCE_NEEDED;
    return new NotCounted(needed, needed.text(), fresh);
  }

  private Spent outcome(ReplayGuard.Outcome outcome, Map<String, String> fresh) {
    if (outcome == ReplayGuard.Outcome.FIRST) {
      keys.remember(header, key);
      return new Counted(fresh);
    }
    Refusal refusal =
        outcome == ReplayGuard.Outcome.SPENT
            ? DpopRefusals.DPOP_PROOF_SPENT
            : Refusal.REPLAY_GUARD_UNAVAILABLE;
    return new NotCounted(refusal, refusal.text(), fresh);
  }

  /** The thumbprint's text has one length, so no two pairs of key and identifier are one text. */
  private Sha256Digest identity() {
    return Sha256Digest.of((key.thumbprint() + claims.id()).getBytes(StandardCharsets.UTF_8));
  }

  /** Nothing of the proof. */
  @Override
  public String toString() {
    return "ProofSpending[" + key.binding() + "]";
  }
}
