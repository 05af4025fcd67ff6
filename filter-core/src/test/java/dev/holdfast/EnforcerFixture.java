package dev.holdfast;

import static dev.holdfast.ConfirmationMethod.CERTIFICATE;
import static dev.holdfast.ConfirmationMethod.DPOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.PresentedToken.Scheme;
import dev.holdfast.Requirement.Mode;
import dev.holdfast.policy.BindingPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** An enforcer of both mechanisms whose proofs, verification and policy the test sets. */
abstract class EnforcerFixture {
  static final String ISSUER = "https://issuer.test";
  static final Sha256Digest RIGHTFUL = Sha256Digest.of(new byte[] {1});
  static final Sha256Digest THIEF = Sha256Digest.of(new byte[] {2});
  static final Proof PROVEN = proven(CERTIFICATE, RIGHTFUL);
  static final Proof STOLEN = proven(CERTIFICATE, THIEF);
  static final Proof REJECTED =
      new Proof.Rejected(Refusal.BINDING_NOT_PROVEN, "the proof is forged");
  static final Set<ConfirmationMethod> ALL = Set.copyOf(ConfirmationMethod.all());

  static final AccessToken UNBOUND = token(Map.of());
  static final AccessToken BOUND = bound("x5t#S256");

  final List<String> steps = new ArrayList<>();
  final List<Decision> heard = new ArrayList<>();
  BindingPolicy policy = everywhere(Mode.REQUIRED, ALL);
  CompletableFuture<Verification> verification = valid(BOUND);
  final Map<ConfirmationMethod, Proof> proofs = new HashMap<>(Map.of(CERTIFICATE, PROVEN));

  static Proof proven(ConfirmationMethod method, Sha256Digest digest) {
    Binding key = new Binding(method, digest);
    return method.countsOnce()
        ? new Proof.Proven(key, requirement -> new Spending.Counted(Map.of()))
        : new Proof.Proven(key);
  }

  static AccessToken token(Map<String, Object> claims) {
    return new AccessToken(ISSUER, "alice", "app", null, Set.of(), claims);
  }

  static AccessToken bound(String... members) {
    Map<String, Object> cnf = new HashMap<>();
    for (String member : members) {
      cnf.put(member, RIGHTFUL.toBase64Url());
    }
    return token(Map.of("cnf", cnf));
  }

  static CompletableFuture<Verification> valid(AccessToken token) {
    return CompletableFuture.completedFuture(new Verification.Valid(token));
  }

  static BindingPolicy everywhere(Mode mode, Set<ConfirmationMethod> methods) {
    return BindingPolicy.everywhere(new Requirement(mode, methods));
  }

  ProofVerifier mechanism(ConfirmationMethod method) {
    return new ProofVerifier() {
      @Override
      public ConfirmationMethod method() {
        return method;
      }

      @Override
      public Proof prove(RequestEvidence evidence, PresentedToken token) {
        steps.add("prove " + method.propertyName());
        return proofs.getOrDefault(method, Proof.Absent.ABSENT);
      }
    };
  }

  BindingEnforcer enforcer() {
    return new BindingEnforcer(
            List.of(mechanism(CERTIFICATE), mechanism(DPOP)),
            token -> {
              steps.add("verify");
              return verification;
            },
            policy,
            (evidence, decision) -> {
              steps.add("hear");
              heard.add(decision);
            })
        .with(clock());
  }

  /** By which the age of an authentication is told. */
  AuthenticationClock clock() {
    return AuthenticationClock.ofSystem();
  }

  /** What the policy demands everywhere. */
  Requirement demanded() {
    return policy.requirements().get(0);
  }

  Decision.Allowed allowed(AccessToken token, Scheme scheme, @Nullable Binding binding) {
    return new Decision.Allowed(token, scheme, demanded(), binding);
  }

  Decision.Allowed reported(Scheme scheme, Decision.Refused report) {
    return new Decision.Allowed(
        report.token(), scheme, demanded(), null, report, report.responseHeaders());
  }

  /** Of a caller who proved no key. */
  Decision.Refused refused(
      Scheme scheme, Refusal refusal, String detail, @Nullable AccessToken token) {
    return new Decision.Refused(refusal, detail, token).restingOn(scheme, demanded());
  }

  /** The same decision by the same steps, whether somebody waits for it or not. */
  Decision decide(String... authorization) {
    List<String> stepsBefore = List.copyOf(steps);
    List<Decision> heardBefore = List.copyOf(heard);
    Decision unawaited = unawaited(authorization);
    List<String> unawaitedSteps = List.copyOf(steps);
    List<Decision> unawaitedHeard = List.copyOf(heard);
    steps.clear();
    steps.addAll(stepsBefore);
    heard.clear();
    heard.addAll(heardBefore);
    Decision decision = enforcer().decide(TestRequest.bearing(authorization));
    assertThat(heard).containsExactly(decision);
    assertThat(unawaited).isEqualTo(decision);
    assertThat(unawaitedSteps).isEqualTo(steps);
    assertThat(unawaitedHeard).isEqualTo(heard);
    return decision;
  }

  /** Null where a bug left no decision. */
  private @Nullable Decision unawaited(String... authorization) {
    try {
      return enforcer()
          .decideAsync(TestRequest.bearing(authorization))
          .toCompletableFuture()
          .join();
    } catch (CompletionException bug) {
      return null;
    }
  }

  Refusal refusal(String... authorization) {
    return ((Decision.Refused) decide(authorization)).refusal();
  }
}
