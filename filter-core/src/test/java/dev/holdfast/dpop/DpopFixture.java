package dev.holdfast.dpop;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.Proof;
import dev.holdfast.Requirement;
import dev.holdfast.Requirement.Mode;
import dev.holdfast.Spending;
import dev.holdfast.Spending.Counted;
import dev.holdfast.Spending.NotCounted;
import dev.holdfast.dpop.replay.LocalReplayGuard;
import dev.holdfast.testing.SettableClock;
import java.time.Duration;
import java.util.Random;
import java.util.Set;

/** A verifier whose clock stands still, and the way of a proof through it. */
final class DpopFixture {
  static final Requirement ASKS =
      new Requirement(
          Mode.REQUIRED, Set.of(ConfirmationMethod.DPOP, ConfirmationMethod.CERTIFICATE));
  static final Requirement DOES_NOT_ASK =
      new Requirement(Mode.REQUIRED, Set.of(ConfirmationMethod.CERTIFICATE));
  static final DpopRules ALL_ALGORITHMS =
      new DpopRules(
          ProofSpecimen.algorithms(), 2048, Duration.ofSeconds(60), Duration.ofSeconds(10));

  final SettableClock clock = new SettableClock(ProofSpecimen.NOW);
  final LocalReplayGuard guard =
      new LocalReplayGuard(1_000, Duration.ofSeconds(80), clock, new Random(1));
  private final DpopVerifier verifier;

  DpopFixture() {
    this(DpopRules.DEFAULTS, DpopNonces.never());
  }

  DpopFixture(DpopRules rules) {
    this(rules, DpopNonces.never());
  }

  DpopFixture(DpopNonces nonces) {
    this(DpopRules.DEFAULTS, nonces);
  }

  private DpopFixture(DpopRules rules, DpopNonces nonces) {
    this.verifier = new DpopVerifier(rules, nonces, guard, clock);
  }

  Proof prove(ProofRequest request) {
    return verifier.prove(request, ProofSpecimen.TOKEN);
  }

  /** {@code ok}, or the rule that is broken. */
  String verdict(String... proofs) {
    return verdict(ProofRequest.with(proofs));
  }

  String verdict(ProofRequest request) {
    Proof proof = prove(request);
    return proof instanceof Proof.Rejected rejected ? rejected.rule() : verdict(spent(proof));
  }

  static String verdict(Spending.Spent spent) {
    return spent instanceof NotCounted refused ? refused.refusal().name() : "ok";
  }

  static Spending.Spent spent(Proof proof) {
    Spending spending = ((Proof.Proven) proof).spending();
    Spending.Spent spent = spending.spend(ASKS);
    assert spent instanceof Counted || spent instanceof NotCounted;
    return spent;
  }
}
