package dev.holdfast;

import static dev.holdfast.ConfirmationMethod.CERTIFICATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.PresentedToken.Scheme;
import dev.holdfast.Requirement.Mode;
import dev.holdfast.policy.BindingPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scopes, {@code acr} and {@code auth_time}: both sides of every boundary, on a fixed clock. */
class BindingEnforcerStrengthTest extends EnforcerFixture {
  private static final Instant NOW = Instant.ofEpochSecond(1_000_000);
  private static final Map<String, Object> KEY = Map.of("x5t#S256", RIGHTFUL.toBase64Url());

  @Override
  AuthenticationClock clock() {
    return new AuthenticationClock(Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofSeconds(10));
  }

  private void demand(Mode mode, TokenRequirement token) {
    policy = BindingPolicy.everywhere(new Requirement(mode, ALL, token));
  }

  private void demandAge(String age) {
    demand(Mode.REQUIRED, new TokenRequirement(List.of(), Duration.parse(age), null));
  }

  private static AccessToken saying(Map<String, Object> claims) {
    Map<String, Object> all = new HashMap<>(claims);
    all.putIfAbsent("cnf", KEY);
    return new AccessToken(ISSUER, "alice", "app", null, GrantedScopes.in(all), all);
  }

  /** The detail of the refusal; null when it is allowed. */
  private @Nullable String refusedFor(Refusal refusal, AccessToken token) {
    heard.clear();
    verification = valid(token);
    if (decide("Bearer abc") instanceof Decision.Refused refused) {
      assertThat(refused.refusal()).isEqualTo(refusal);
      assertThat(refused.token()).isEqualTo(token);
      assertThat(refused.scheme()).isEqualTo(Scheme.BEARER);
      assertThat(refused.requirement()).isEqualTo(demanded());
      return refused.detail();
    }
    return null;
  }

  private @Nullable String refusedForAge(double seconds) {
    return refusedFor(
        Refusal.INSUFFICIENT_USER_AUTHENTICATION,
        saying(Map.of("auth_time", NOW.getEpochSecond() + seconds)));
  }

  @ParameterizedTest
  @CsvSource({
    "-300, true",
    "-299.5, true",
    "-300.5, false",
    "-301, false",
    "0, true",
    "10, true",
    "10.5, false",
    "11, false"
  })
  void anAgeIsTakenToTheLetterAndTheSkewIsForTheFuture(double seconds, boolean isRecent) {
    demandAge("PT5M");
    assertThat(refusedForAge(seconds) == null).isEqualTo(isRecent);
  }

  @Test
  void theLogLearnsByHowMuchATimeIsOff() {
    demandAge("PT5M");
    assertThat(refusedForAge(-400))
        .isEqualTo("auth_time is too long ago: 400 s, and 300 s are allowed");
    assertThat(refusedForAge(60))
        .isEqualTo("auth_time lies in the future: by 60 s, and 10 s are allowed");
  }

  @Test
  void aTimeThatIsMissingOrUnreadableIsNotRecent() {
    demandAge("PT5M");
    Refusal weak = Refusal.INSUFFICIENT_USER_AUTHENTICATION;
    assertThat(refusedFor(weak, saying(Map.of()))).isEqualTo("auth_time is missing");
    for (Object time : List.of("999999", true, -1L, Double.POSITIVE_INFINITY, List.of(999_999L))) {
      assertThat(refusedFor(weak, saying(Map.of("auth_time", time))))
          .isEqualTo("auth_time is not a number of seconds since the epoch");
    }
    assertThat(refusedFor(weak, saying(Map.of("auth_time", Long.MAX_VALUE))))
        .startsWith("auth_time lies in the future");
    assertThat(refusedFor(weak, saying(Map.of("auth_time", 0L))))
        .startsWith("auth_time is too long");
  }

  @Test
  void anAcrIsOneOfThoseThatAreTaken() {
    demand(Mode.REQUIRED, new TokenRequirement(List.of(), null, List.of("phr", "silver")));
    Refusal weak = Refusal.INSUFFICIENT_USER_AUTHENTICATION;
    assertThat(refusedFor(weak, saying(Map.of("acr", "silver")))).isNull();
    assertThat(refusedFor(weak, saying(Map.of("acr", "Silver"))))
        .isEqualTo("acr is none of those that the rule takes");
    assertThat(refusedFor(weak, saying(Map.of()))).isEqualTo("acr is missing");
    assertThat(refusedFor(weak, saying(Map.of("acr", List.of("phr")))))
        .isEqualTo("acr is not text");
  }

  @Test
  void whereTwoReadingsShareNoAcrEveryTokenIsRefused() {
    demand(Mode.REQUIRED, new TokenRequirement(List.of(), null, List.of()));
    assertThat(refusedFor(Refusal.INSUFFICIENT_USER_AUTHENTICATION, saying(Map.of("acr", "phr"))))
        .isNotNull();
  }

  @Test
  void theLogLearnsWhichScopesAreMissing() {
    demand(Mode.REQUIRED, new TokenRequirement(List.of("read", "write", "pay"), null, null));
    Refusal narrow = Refusal.INSUFFICIENT_SCOPE;
    assertThat(refusedFor(narrow, saying(Map.of("scope", "pay read write")))).isNull();
    assertThat(refusedFor(narrow, saying(Map.of("scope", "read"))))
        .isEqualTo("the token was not granted write pay");
    assertThat(refusedFor(narrow, saying(Map.of("scope", 5L))))
        .isEqualTo("scope is neither text nor a list of texts");
    assertThat(refusedFor(narrow, saying(Map.of("scp", List.of("read", 5L)))))
        .isEqualTo("scp is neither text nor a list of texts");
  }

  @Test
  void theAuthenticationComesBeforeTheScopes() {
    demand(
        Mode.REQUIRED,
        new TokenRequirement(List.of("read"), Duration.ofMinutes(5), List.of("phr")));
    assertThat(refusedFor(Refusal.INSUFFICIENT_USER_AUTHENTICATION, saying(Map.of()))).isNotNull();
    assertThat(
            refusedFor(
                Refusal.INSUFFICIENT_SCOPE,
                saying(Map.of("acr", "phr", "auth_time", NOW.getEpochSecond()))))
        .isNotNull();
  }

  @Test
  void theBindingComesFirst() {
    demand(Mode.REQUIRED, new TokenRequirement(List.of("read"), null, null));
    proofs.put(CERTIFICATE, STOLEN);
    assertThat(refusedFor(Refusal.BINDING_MISMATCH, saying(Map.of()))).isNotNull();
    proofs.remove(CERTIFICATE);
    assertThat(refusedFor(Refusal.BINDING_NOT_PROVEN, saying(Map.of()))).isNotNull();
    assertThat(refusedFor(Refusal.BINDING_REQUIRED, UNBOUND)).isNotNull();
  }

  @Test
  void aRefusedCallersKeyIsKnown() {
    demand(Mode.REQUIRED, new TokenRequirement(List.of("read"), null, null));
    verification = valid(saying(Map.of()));
    assertThat(((Decision.Refused) decide("Bearer abc")).proven())
        .containsExactly(new Binding(CERTIFICATE, RIGHTFUL));
  }

  @Test
  void aTokenWithoutAKeyIsAskedWhereItPasses() {
    demand(Mode.WHEN_BOUND, new TokenRequirement(List.of("read"), null, null));
    proofs.clear();
    assertThat(refusedFor(Refusal.INSUFFICIENT_SCOPE, UNBOUND)).isNotNull();
    AccessToken granted =
        new AccessToken(ISSUER, "alice", "app", null, Set.of("read"), Map.of("scope", "read"));
    assertThat(refusedFor(Refusal.INSUFFICIENT_SCOPE, granted)).isNull();
  }

  @Test
  void reportOnlyReportsAndKeepsTheConfirmedKey() {
    demand(Mode.REPORT_ONLY, new TokenRequirement(List.of("read"), null, null));
    verification = valid(saying(Map.of()));
    Decision.Allowed allowed = (Decision.Allowed) decide("Bearer abc");
    assertThat(allowed.reported()).isEqualTo(Refusal.INSUFFICIENT_SCOPE);
    assertThat(allowed.binding()).isEqualTo(new Binding(CERTIFICATE, RIGHTFUL));
  }
}
