package dev.holdfast.benchmarks;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.dpop.JWKThumbprintConfirmation;
import com.nimbusds.oauth2.sdk.dpop.verifiers.AccessTokenValidationException;
import com.nimbusds.oauth2.sdk.dpop.verifiers.DPoPIssuer;
import com.nimbusds.oauth2.sdk.dpop.verifiers.DPoPProtectedResourceRequestVerifier;
import com.nimbusds.oauth2.sdk.dpop.verifiers.InvalidDPoPProofException;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.PresentedToken;
import dev.holdfast.Proof;
import dev.holdfast.Requirement;
import dev.holdfast.Sha256Digest;
import dev.holdfast.Spending;
import dev.holdfast.dpop.DpopNonces;
import dev.holdfast.dpop.DpopRules;
import dev.holdfast.dpop.DpopVerifier;
import dev.holdfast.dpop.replay.LocalReplayGuard;
import dev.holdfast.internal.jose.SignatureProviders;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.DPoPProofContext;
import org.springframework.security.oauth2.jwt.DPoPProofJwtDecoderFactory;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * ES256 proofs of one token, of some number of keys in turn. Holdfast does all that it does for a
 * request, the replay guard included; the peers do less: neither looks for replays, and Spring's
 * validators of claims are off.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DpopProofs {
  static final String METHOD = "GET";
  static final String TARGET = "https://api.example/accounts/17";
  static final PresentedToken TOKEN =
      PresentedToken.of(ConfirmationMethod.DPOP.scheme(), "a.bound.token");
  private static final Requirement REQUIREMENT =
      new Requirement(Requirement.Mode.REQUIRED, Set.of(ConfirmationMethod.DPOP));

  /** Who checks signatures: {@code JDK}, {@code BC} or {@code ACCP}. */
  @Param({"JDK", "BC", "ACCP"})
  public String provider = "";

  /** How many keys. */
  @Param("1")
  public int count;

  /** How many proofs at least, each spent once before all are spent again. */
  @Param("4096")
  public int proofsInTurn;

  private final Instant now = Instant.now();
  private final Clock clock = Clock.fixed(now, ZoneOffset.UTC);
  private final DPoPProofJwtDecoderFactory spring = new DPoPProofJwtDecoderFactory();
  private final DPoPProtectedResourceRequestVerifier nimbus =
      new DPoPProtectedResourceRequestVerifier(Set.of(JWSAlgorithm.ES256), 3600, null);
  private final DPoPIssuer client = new DPoPIssuer(new ClientID("payments-app"));
  private final DPoPAccessToken accessToken = new DPoPAccessToken(TOKEN.value());
  private final OAuth2AccessToken springToken =
      new OAuth2AccessToken(
          OAuth2AccessToken.TokenType.DPOP, TOKEN.value(), now, now.plusSeconds(60));
  private DpopSpecimen[] proofs = {};
  private LocalReplayGuard guard = guard(1);
  private DpopVerifier holdfast =
      new DpopVerifier(DpopRules.DEFAULTS, DpopNonces.never(), this::spend, clock);
  private int next;

  private LocalReplayGuard guard(int live) {
    return new LocalReplayGuard(2L * live, Duration.ofSeconds(80), clock, new SecureRandom());
  }

  private dev.holdfast.ReplayGuard.Outcome spend(Sha256Digest proof, Instant acceptableUntil) {
    return guard.spend(proof, acceptableUntil);
  }

  /** Makes the proofs, lets Holdfast see each key, and puts the peers' provider first. */
  @Setup
  public void make() throws GeneralSecurityException {
    Provider preferred = DpopSpecimen.provider(provider);
    SignatureProviders choice =
        SignatureProviders.preferring(preferred == null ? List.of() : List.of(preferred));
    DpopRules rules =
        new DpopRules(
            DpopRules.DEFAULT_ALGORITHMS, 2048, Duration.ofHours(1), Duration.ofSeconds(10));
    holdfast = new DpopVerifier(rules, DpopNonces.never(), this::spend, clock, choice);
    if (preferred != null) {
      Security.insertProviderAt(preferred, 1); // the keys of the bare check are to be its own
    }
    spring.setJwtValidatorFactory(context -> jwt -> OAuth2TokenValidatorResult.success());
    proofs = DpopSpecimen.make(count, Math.max(count, proofsInTurn), now);
    for (int i = 0; i < proofs.length; i++) {
      holdfast();
    }
  }

  /** Leaves the JVM as it was. */
  @TearDown
  public void restore() {
    Provider preferred = DpopSpecimen.provider(provider);
    if (preferred != null) {
      Security.removeProvider(preferred.getName());
    }
  }

  private DpopSpecimen next() {
    if (next == proofs.length) {
      next = 0;
    }
    if (next % proofsInTurn == 0) {
      guard = guard(proofsInTurn); // what was spent may be spent again
    }
    return proofs[next++];
  }

  /** Proved and spent. */
  @Benchmark
  public Spending.Spent holdfast() {
    Proof proof = holdfast.prove(next(), TOKEN);
    if (proof instanceof Proof.Proven proven
        && proven.spending() != null
        && proven.spending().spend(REQUIREMENT) instanceof Spending.Counted counted) {
      return counted;
    }
    throw new IllegalStateException("a rightful proof was refused: " + proof);
  }

  /** What nobody can do without: one signature, with a key object that is there. */
  @Benchmark
  public boolean signature() throws GeneralSecurityException {
    if (!next().holds(Signature.getInstance("SHA256withECDSAinP1363Format"))) {
      throw new IllegalStateException("a rightful signature does not hold");
    }
    return true;
  }

  /** By Spring Security's decoder of proofs. */
  @Benchmark
  public Jwt spring() {
    String proof = next().text();
    return spring
        .createDecoder(
            DPoPProofContext.withDPoPProof(proof)
                .method(METHOD)
                .targetUri(TARGET)
                .accessToken(springToken)
                .build())
        .decode(proof);
  }

  /** By Nimbus' verifier. */
  @Benchmark
  public SignedJWT nimbus()
      throws ParseException,
          JOSEException,
          InvalidDPoPProofException,
          AccessTokenValidationException {
    DpopSpecimen proof = next();
    SignedJWT parsed = SignedJWT.parse(proof.text());
    nimbus.verify(
        METHOD,
        URI.create(TARGET),
        client,
        parsed,
        accessToken,
        new JWKThumbprintConfirmation(proof.thumbprint()),
        null);
    return parsed;
  }
}
