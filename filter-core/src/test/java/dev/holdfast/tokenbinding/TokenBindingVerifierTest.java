package dev.holdfast.tokenbinding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Binding;
import dev.holdfast.BindingEnforcer;
import dev.holdfast.ClaimRules;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.Decision;
import dev.holdfast.EnforcementListener;
import dev.holdfast.ExportedKeyingMaterial;
import dev.holdfast.ExportedKeyingMaterial.Agreement;
import dev.holdfast.PresentedToken;
import dev.holdfast.Proof;
import dev.holdfast.Refusal;
import dev.holdfast.Requirement;
import dev.holdfast.Requirement.Mode;
import dev.holdfast.Sha256Digest;
import dev.holdfast.Verification;
import dev.holdfast.policy.BindingPolicy;
import dev.holdfast.testing.TokenBindingSpecimen;
import dev.holdfast.tokenbinding.message.Keys;
import dev.holdfast.tokenbinding.message.UnknownTypes;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Token Binding from a request's evidence to the decision about its token. */
class TokenBindingVerifierTest {
  private static final PresentedToken TOKEN =
      PresentedToken.of(PresentedToken.Scheme.BEARER, "token");

  private final TokenBindings server = new TlsTokenBindings(UnknownTypes.SKIP);

  private Proof prove(Request request) {
    return new TokenBindingVerifier(server).prove(request, TOKEN);
  }

  private static Request request() {
    return Request.on(Keys.connection(1, Keys.EC));
  }

  private Decision decide(Mode mode, Map<String, ?> claims, Request request) {
    ClaimRules anything =
        new ClaimRules("https://issuer.test", Set.of(), Set.of(), Duration.ZERO, Clock.systemUTC());
    Verification verification = anything.check(Map.copyOf(claims));
    assertThat(verification).isInstanceOf(Verification.Valid.class);
    return new BindingEnforcer(
            List.of(new TokenBindingVerifier(server)),
            presented -> CompletableFuture.completedFuture(verification),
            BindingPolicy.everywhere(
                new Requirement(mode, Set.of(ConfirmationMethod.TOKEN_BINDING))),
            EnforcementListener.silent())
        .decide(request.with("Authorization", "Bearer token"));
  }

  private static Map<String, ?> boundTo(String tbh) {
    return Map.of("cnf", Map.of("tbh", tbh));
  }

  private Refusal refusal(Mode mode, Map<String, ?> claims, Request request) {
    return ((Decision.Refused) decide(mode, claims, request)).refusal();
  }

  @Test
  void theProvidedKeyIsProven() {
    assertThat(new TokenBindingVerifier(server).method())
        .isEqualTo(ConfirmationMethod.TOKEN_BINDING);
    assertThat(prove(request().message(Keys.EC.header(Keys.ekm(1), Keys.PSS))))
        .isEqualTo(
            new Proof.Proven(
                new Binding(
                    ConfirmationMethod.TOKEN_BINDING,
                    Sha256Digest.parse(Keys.EC.tbh()).orElseThrow())));
    assertThat(prove(request())).isEqualTo(Proof.Absent.ABSENT);
    assertThat(prove(request().message("nonsense"))).isInstanceOf(Proof.Rejected.class);
  }

  @Test
  void aTokenBoundToTheProvidedKeyPassesAndOneBoundToAnotherDoesNot() {
    Request request = request().message(Keys.EC.header(Keys.ekm(1)));

    assertThat(decide(Mode.REQUIRED, boundTo(Keys.EC.tbh()), request))
        .isInstanceOf(Decision.Allowed.class);
    assertThat(refusal(Mode.REQUIRED, boundTo(Keys.OTHER_EC.tbh()), request))
        .isEqualTo(Refusal.BINDING_MISMATCH);
  }

  /** A referred key is the key of another server's client, not proof for this one's tokens. */
  @Test
  void theReferredKeyOpensNothing() {
    Request request = request().message(Keys.EC.header(Keys.ekm(1), Keys.OTHER_EC));

    assertThat(decide(Mode.REQUIRED, boundTo(Keys.EC.tbh()), request))
        .isInstanceOf(Decision.Allowed.class);
    assertThat(refusal(Mode.REQUIRED, boundTo(Keys.OTHER_EC.tbh()), request))
        .isEqualTo(Refusal.BINDING_MISMATCH);
  }

  @Test
  void aStolenTokenWithAReplayedMessageIsRefused_T71() {
    String message = Keys.EC.header(Keys.ekm(1));
    decide(Mode.REQUIRED, boundTo(Keys.EC.tbh()), request().message(message));

    assertThat(
            refusal(
                Mode.REQUIRED,
                boundTo(Keys.EC.tbh()),
                Request.on(Keys.connection(2, Keys.EC)).message(message)))
        .isEqualTo(Refusal.BINDING_NOT_PROVEN);
  }

  @Test
  void withoutANegotiatedBindingABoundTokenIsRefused() {
    Map<String, ?> bound = boundTo(Keys.EC.tbh());
    String message = Keys.EC.header(Keys.ekm(1));

    for (Request request :
        List.of(request(), Request.on(null).message(message), Request.fromStranger())) {
      assertThat(refusal(Mode.REQUIRED, bound, request)).isEqualTo(Refusal.BINDING_NOT_PROVEN);
      assertThat(refusal(Mode.WHEN_BOUND, bound, request)).isEqualTo(Refusal.BINDING_NOT_PROVEN);
      assertThat(decide(Mode.WHEN_BOUND, Map.of(), request)).isInstanceOf(Decision.Allowed.class);
    }
  }

  /** RFC 8471 section 4.2: once a message is refused, so is what came with it. */
  @Test
  void aRefusedMessageRefusesTheRequestEvenWhereBearerTokensPass() {
    TokenBindingSpecimen spoiled = Keys.provided(Keys.EC).withType(1);
    Request request = request().message(Keys.field(Keys.provided(Keys.EC), spoiled));

    assertThat(refusal(Mode.WHEN_BOUND, boundTo(Keys.EC.tbh()), request))
        .isEqualTo(Refusal.BINDING_NOT_PROVEN);
    assertThat(refusal(Mode.WHEN_BOUND, Map.of(), request)).isEqualTo(Refusal.BINDING_NOT_PROVEN);
  }

  @Test
  void aRequiredFieldThatIsMissingRefusesTheRequest() {
    Request request = Request.on(new ExportedKeyingMaterial(Keys.ekm(1), 2, Agreement.CONFIGURED));

    assertThat(refusal(Mode.WHEN_BOUND, Map.of(), request)).isEqualTo(Refusal.BINDING_NOT_PROVEN);
  }

  /** draft-ietf-oauth-token-binding-08, section 3.1.2 and 3.3, figures 9 to 11. */
  @Test
  void anAuthorizationServerAndAResourceServerAskTheSameBindings() {
    String field = Keys.EC.header(Keys.ekm(1), Keys.OTHER_EC);

    EstablishedTokenBindings atTheTokenEndpoint =
        (EstablishedTokenBindings) server.of(request().message(field));
    String tbh = atTheTokenEndpoint.referred().toBase64Url();

    Request atTheApi =
        Request.on(Keys.connection(3, Keys.OTHER_EC)).message(Keys.OTHER_EC.header(Keys.ekm(3)));
    assertThat(decide(Mode.REQUIRED, boundTo(tbh), atTheApi)).isInstanceOf(Decision.Allowed.class);
  }
}
