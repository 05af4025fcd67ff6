package dev.holdfast.spring.witness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.AccessToken;
import dev.holdfast.Confirmation;
import dev.holdfast.PresentedToken;
import dev.holdfast.Verification;
import dev.holdfast.configuration.reading.SpringSettings;
import dev.holdfast.internal.Base64Url;
import dev.holdfast.spring.scope.VerificationScope;
import dev.holdfast.spring.sessions.Advice;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthentication;

/** What is read from an Authentication that somebody else made. */
class VerifiedAuthenticationTest {
  private static final String A = "A".repeat(43);
  private static final String B = "B".repeat(42) + "A";

  @Test
  void theAttributesOfAnOpaqueTokenSayWhatItDemands() {
    assertThat(verify("opaque", attributes(A))).isInstanceOf(Verification.Valid.class);
    assertThat(confirmation(verify("opaque", attributes(A))))
        .isInstanceOf(Confirmation.Bound.class);
  }

  @Test
  void attributesWithoutCnfSayUnboundOnlyWhenTheyAreTheIssuersOwn_C08() {
    assertThat(confirmation(verify("opaque", attributes(null))))
        .isInstanceOf(Confirmation.Unusable.class);
    Map<String, Object> answer = attributes(null);
    answer.put("active", true);
    assertThat(confirmation(verify("opaque", answer))).isInstanceOf(Confirmation.Unusable.class);
    assertThat(confirmation(answered("opaque", answer))).isInstanceOf(Confirmation.Unbound.class);
  }

  /** An answer counts for the token that the same introspector has asked about last. */
  @Test
  void anAnswerOfAnotherIntrospectorOrToAnotherQuestionIsNotTheIssuersOwn_C08() {
    Map<String, Object> attributes = attributes(null);
    try (VerificationScope scope = VerificationScope.open()) {
      scope.asks("one", "opaque");
      scope.sawAnswer("another", attributes);
      scope.sawAnswer("one", attributes); // it has not asked again
      scope.asks("one", "exchanged");
      scope.sawAnswer("one", attributes);
      scope.asks("one", null);
      scope.sawAnswer("one", attributes);
      assertThat(confirmation(verification("opaque", authentication("opaque", attributes), scope)))
          .isInstanceOf(Confirmation.Unusable.class);
    }
  }

  @Test
  void aJwtWhosePayloadAgreesIsTaken_T35() {
    assertThat(verify(jwt("{\"sub\":\"a\",\"cnf\":{\"x5t#S256\":\"" + A + "\"}}"), attributes(A)))
        .isInstanceOf(Verification.Valid.class);
  }

  @Test
  void aJwtWhosePayloadDemandsAnotherKeyIsRefused_T35() {
    assertThat(verify(jwt("{\"sub\":\"a\",\"cnf\":{\"x5t#S256\":\"" + B + "\"}}"), attributes(A)))
        .isInstanceOf(Verification.Invalid.class);
  }

  @Test
  void aConverterThatDropsTheConfirmationDoesNotUnbindTheToken() {
    assertThat(
            confirmation(
                verify(
                    jwt("{\"sub\":\"a\",\"cnf\":{\"x5t#S256\":\"" + A + "\"}}"), attributes(null))))
        .isInstanceOf(Confirmation.Bound.class);
  }

  @Test
  void aConfirmationThatOnlyIntrospectionKnowsCounts() {
    assertThat(confirmation(verify(jwt("{\"sub\":\"a\"}"), attributes(A))))
        .isInstanceOf(Confirmation.Bound.class);
  }

  /** The issuer is asked now, and may grant less than it wrote into the token. */
  @Test
  void anAnswerOfTheIssuerCountsBeforeTheTokensOwnPayload() {
    String wide = jwt("{\"sub\":\"a\",\"scope\":\"read pay\",\"acr\":\"phr\",\"auth_time\":9}");
    Map<String, Object> answer = attributes(A);
    assertThat(token(answered(wide, answer)).scopes()).containsOnly("read", "pay");
    answer.put("scp", List.of("read"));
    answer.put("acr", "silver");
    answer.put("auth_time", Instant.ofEpochSecond(5));
    AccessToken token = token(answered(wide, answer));
    assertThat(token.scopes()).containsExactly("read");
    assertThat(token.acr()).isEqualTo("silver");
    assertThat(token.authTime()).isEqualTo(Instant.ofEpochSecond(5));
    assertThat(token(verify(wide, answer)).scopes())
        .as("nobody saw the issuer say that")
        .containsOnly("read", "pay");
  }

  @Test
  void attributesThatCallTheTokenBoundDoNotMakeItUnbound_C88() {
    for (String member : List.of("token_type", "typ")) {
      Map<String, Object> attributes = attributes(null);
      attributes.put(member, "DPoP");
      for (String token : List.of("opaque", jwt("{\"sub\":\"a\"}"))) {
        assertThat(confirmation(verify(token, attributes)))
            .isInstanceOf(Confirmation.Unusable.class);
      }
      attributes.put(member, "Refresh");
      assertThat(verify("opaque", attributes)).isInstanceOf(Verification.Invalid.class);
      attributes.put(member, "Bearer");
      assertThat(confirmation(answered("opaque", attributes)))
          .isInstanceOf(Confirmation.Unbound.class);
    }
    Map<String, Object> attributes = attributes(null);
    attributes.put("token_type", "holder");
    assertThat(verify("opaque", attributes)).isInstanceOf(Verification.Invalid.class);
    assertThat(confirmation(verify(jwt("{\"typ\":\"DPoP\"}"), attributes(null))))
        .isInstanceOf(Confirmation.Unusable.class);
  }

  @Test
  void aTypeThatIsNoTextIsRefused_C88() {
    for (String member : List.of("token_type", "typ", "token_use", "tokenName")) {
      for (Object kind : List.of(1, List.of("Bearer"), Map.of("a", "b"))) {
        Map<String, Object> attributes = attributes(A);
        attributes.put(member, kind);
        assertThat(verify("opaque", attributes))
            .as(member)
            .isInstanceOf(Verification.Invalid.class);
        assertThat(verify(jwt("{\"" + member + "\":\"Bearer\"}"), attributes))
            .as(member + " of one of two statements")
            .isInstanceOf(Verification.Invalid.class);
      }
    }
  }

  @Test
  void aPayloadWithTwoConfirmationsIsRefused_T42() {
    String twice = "{\"cnf\":{\"x5t#S256\":\"" + A + "\"},\"cnf\":{\"x5t#S256\":\"" + A + "\"}}";
    assertThat(verify(jwt(twice), attributes(A))).isInstanceOf(Verification.Invalid.class);
  }

  @Test
  void anExpiredTokenIsRefusedWhateverTheDecoderSays() {
    Map<String, Object> attributes = attributes(A);
    attributes.put("exp", Instant.now().minusSeconds(1));
    assertThat(verify("opaque", attributes)).isInstanceOf(Verification.Invalid.class);
  }

  @Test
  void anotherTokenThanThePresentedOneIsRefused() {
    try (VerificationScope scope = VerificationScope.open()) {
      assertThat(verification("presented", authentication("another", attributes(A)), scope))
          .isInstanceOf(Verification.Invalid.class);
      scope.sawVerified("presented"); // one of two is not enough
      assertThat(verification("presented", authentication("another", attributes(A)), scope))
          .isInstanceOf(Verification.Invalid.class);
    }
  }

  @Test
  void anAuthenticationThatShowsNeitherTokenNorAttributesIsRefused() {
    Authentication bare = new UsernamePasswordAuthenticationToken("alice", "n/a", List.of());
    try (VerificationScope scope = VerificationScope.open()) {
      assertThat(verification("opaque", bare, scope)).isInstanceOf(Verification.Invalid.class);
      scope.sawVerified("opaque");
      assertThat(verification("opaque", bare, scope)).isInstanceOf(Verification.Invalid.class);
    }
  }

  private static Verification verify(String token, Map<String, Object> attributes) {
    try (VerificationScope scope = VerificationScope.open()) {
      return verification(token, authentication(token, attributes), scope);
    }
  }

  /** Where they are what the issuer answered. */
  private static Verification answered(String token, Map<String, Object> attributes) {
    try (VerificationScope scope = VerificationScope.open()) {
      scope.asks("introspector", token);
      scope.sawAnswer("introspector", attributes);
      return verification(token, authentication(token, attributes), scope);
    }
  }

  private static Verification verification(
      String token, Authentication authentication, VerificationScope scope) {
    return new VerifiedAuthentication(
            PresentedToken.of(PresentedToken.Scheme.BEARER, token),
            authentication,
            scope,
            new VerifiedAuthentication.Rules(
                Duration.ofSeconds(10), SpringSettings.AttributesWithoutCnf.REFUSE, new Advice()),
            true,
            () -> ChainKind.UNKNOWN)
        .verification();
  }

  private static AccessToken token(Verification verification) {
    return ((Verification.Valid) verification).token();
  }

  private static Confirmation confirmation(Verification verification) {
    return ((Verification.Valid) verification).token().confirmation();
  }

  private static Authentication authentication(String token, Map<String, Object> attributes) {
    return new BearerTokenAuthentication(
        new DefaultOAuth2AuthenticatedPrincipal(attributes, List.of()),
        new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, token, null, null),
        List.of());
  }

  private static Map<String, Object> attributes(String thumbprint) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("sub", "a");
    if (thumbprint != null) {
      attributes.put("cnf", Map.of("x5t#S256", thumbprint));
    }
    return attributes;
  }

  private static String jwt(String claims) {
    return part("{\"alg\":\"RS256\"}") + "." + part(claims) + "." + part("signature");
  }

  private static String part(String text) {
    return Base64Url.encode(text.getBytes(StandardCharsets.UTF_8));
  }
}
