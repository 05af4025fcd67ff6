package dev.holdfast.policy;

import static dev.holdfast.ConfirmationMethod.CERTIFICATE;
import static dev.holdfast.ConfirmationMethod.DPOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.PlainRequest;
import dev.holdfast.RequestEvidence;
import dev.holdfast.Requirement;
import dev.holdfast.Requirement.Mode;
import dev.holdfast.TestRequest;
import dev.holdfast.TokenRequirement;
import dev.holdfast.policy.BindingPolicy.Rule;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BindingPolicyTest {
  private static final Set<ConfirmationMethod> CERTIFICATES = Set.of(CERTIFICATE);
  private static final Requirement REQUIRED = new Requirement(Mode.REQUIRED, CERTIFICATES);

  private static Rule rule(Mode mode, String... paths) {
    return new Rule(
        Arrays.stream(paths).map(PathPattern::parse).toList(), Set.of(), Set.of(), mode, Set.of());
  }

  private static Rule on(Set<String> httpMethods, Mode mode, String path) {
    return new Rule(List.of(PathPattern.parse(path)), httpMethods, Set.of(), mode, Set.of());
  }

  private static Rule of(String issuer, Mode mode) {
    return new Rule(List.of(), Set.of(), Set.of(issuer), mode, Set.of());
  }

  private static Rule taking(Mode mode, ConfirmationMethod method, String path) {
    return new Rule(List.of(PathPattern.parse(path)), Set.of(), Set.of(), mode, Set.of(method));
  }

  private static BindingPolicy policy(Mode defaults, Rule... rules) {
    return new BindingPolicy(new Requirement(defaults, CERTIFICATES), List.of(rules));
  }

  private static Mode mode(BindingPolicy policy, TestRequest request) {
    return policy.beforeVerification(request).mode();
  }

  @ParameterizedTest
  @EnumSource
  void eachModeHoldsEverywhereWithoutRules(Mode mode) {
    BindingPolicy policy = BindingPolicy.everywhere(new Requirement(mode, CERTIFICATES));

    assertThat(mode(policy, TestRequest.get("/a"))).isEqualTo(mode);
    assertThat(mode(policy, TestRequest.get("/a").raw("//a;b"))).isEqualTo(mode);
  }

  @Test
  void theFirstRuleThatMatchesThePathDecides() {
    BindingPolicy policy =
        policy(Mode.REQUIRED, rule(Mode.WHEN_BOUND, "/a/b"), rule(Mode.OFF, "/a/**", "/c"));

    assertThat(mode(policy, TestRequest.get("/a/b"))).isEqualTo(Mode.WHEN_BOUND);
    assertThat(mode(policy, TestRequest.get("/a/x"))).isEqualTo(Mode.OFF);
    assertThat(mode(policy, TestRequest.get("/c"))).isEqualTo(Mode.OFF);
    assertThat(mode(policy, TestRequest.get("/d"))).isEqualTo(Mode.REQUIRED);
  }

  @Test
  void aRuleOverridesWhatItNamesOnly() {
    BindingPolicy policy =
        policy(Mode.REQUIRED, taking(null, DPOP, "/dpop"), rule(Mode.WHEN_BOUND, "/mode"));

    assertThat(policy.beforeVerification(TestRequest.get("/dpop")))
        .isEqualTo(new Requirement(Mode.REQUIRED, Set.of(DPOP)));
    assertThat(policy.beforeVerification(TestRequest.get("/mode")))
        .isEqualTo(new Requirement(Mode.WHEN_BOUND, CERTIFICATES));
    assertThat(policy.requirements())
        .containsExactly(
            REQUIRED,
            new Requirement(Mode.REQUIRED, Set.of(DPOP)),
            new Requirement(Mode.WHEN_BOUND, CERTIFICATES));
  }

  @Test
  void aRuleForAnHttpMethodHoldsForThatMethod() {
    BindingPolicy policy = policy(Mode.REQUIRED, on(Set.of("GET"), Mode.WHEN_BOUND, "/**"));

    assertThat(mode(policy, TestRequest.get("/a"))).isEqualTo(Mode.WHEN_BOUND);
    assertThat(mode(policy, TestRequest.get("/a").method("POST"))).isEqualTo(Mode.REQUIRED);
  }

  @Test
  void aRuleForAnIssuerHoldsForItsTokens() {
    BindingPolicy policy = policy(Mode.REQUIRED, of("https://old.test", Mode.WHEN_BOUND));
    TestRequest request = TestRequest.get("/a");

    assertThat(policy.beforeVerification(request)).isNull();
    assertThat(policy.afterVerification(request, "https://old.test").mode())
        .isEqualTo(Mode.WHEN_BOUND);
    assertThat(policy.afterVerification(request, "https://new.test").mode())
        .isEqualTo(Mode.REQUIRED);
  }

  @Test
  void aWrongProofIsRefusedAtOnceOnlyWhenEveryIssuerRefusesIt() {
    TestRequest request = TestRequest.get("/a");

    assertThat(policy(Mode.REQUIRED).refusesForEveryIssuer(request)).isTrue();
    assertThat(policy(Mode.REPORT_ONLY).refusesForEveryIssuer(request)).isFalse();
    assertThat(policy(Mode.REQUIRED, of("a", Mode.WHEN_BOUND)).refusesForEveryIssuer(request))
        .isTrue();
    assertThat(policy(Mode.REQUIRED, of("a", Mode.OFF)).refusesForEveryIssuer(request)).isFalse();
    assertThat(policy(Mode.OFF, of("a", Mode.REQUIRED)).refusesForEveryIssuer(request)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "OPTIONS", "TRACE", "PROPFIND", "get", "X"})
  void everyHttpMethodNeedsTheBindingOfItsPath_T99(String method) {
    BindingPolicy policy = policy(Mode.OFF, rule(Mode.REQUIRED, "/payments"));

    assertThat(mode(policy, TestRequest.get("/payments").method(method))).isEqualTo(Mode.REQUIRED);
  }

  @Test
  void headIsAsProtectedAsGet_T99() {
    BindingPolicy stricter = policy(Mode.OFF, on(Set.of("GET"), Mode.REQUIRED, "/a"));
    BindingPolicy laxer = policy(Mode.REQUIRED, on(Set.of("GET"), Mode.OFF, "/a"));

    assertThat(mode(stricter, TestRequest.get("/a").method("HEAD"))).isEqualTo(Mode.REQUIRED);
    assertThat(mode(laxer, TestRequest.get("/a").method("HEAD"))).isEqualTo(Mode.REQUIRED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"get", "Post", "PROPFIND", "", "GET "})
  void anUncommonHttpMethodGetsTheStrictestWhereRulesNameMethods_T99(String method) {
    BindingPolicy policy = policy(Mode.OFF, on(Set.of("GET", "POST"), Mode.REQUIRED, "/a"));

    assertThat(mode(policy, TestRequest.get("/a").method(method))).isEqualTo(Mode.REQUIRED);
    assertThat(mode(policy, TestRequest.get("/a").method("PUT"))).isEqualTo(Mode.OFF);
  }

  @Test
  void anUncommonHttpMethodThatARuleNamesIsReadAsNamed() {
    BindingPolicy policy = policy(Mode.REQUIRED, on(Set.of("PROPFIND"), Mode.OFF, "/a"));

    assertThat(mode(policy, TestRequest.get("/a").method("PROPFIND"))).isEqualTo(Mode.OFF);
    assertThat(mode(policy, TestRequest.get("/a").method("propfind"))).isEqualTo(Mode.REQUIRED);
  }

  @Test
  void anotherLetterCaseIsNotLessProtected_T96() {
    BindingPolicy strictRule = policy(Mode.OFF, rule(Mode.REQUIRED, "/admin/**"));
    BindingPolicy laxRule = policy(Mode.REQUIRED, rule(Mode.OFF, "/public/**"));

    assertThat(mode(strictRule, TestRequest.get("/ADMIN/x"))).isEqualTo(Mode.REQUIRED);
    assertThat(mode(laxRule, TestRequest.get("/PUBLIC/x"))).isEqualTo(Mode.REQUIRED);
    assertThat(mode(laxRule, TestRequest.get("/public/X"))).isEqualTo(Mode.OFF);
  }

  @Test
  void anAmbiguousTargetGetsTheStrictestOfAll_T96() {
    BindingPolicy policy =
        policy(Mode.WHEN_BOUND, rule(Mode.OFF, "/public/**"), rule(Mode.REQUIRED, "/admin"));

    assertThat(mode(policy, TestRequest.get("/public/a"))).isEqualTo(Mode.OFF);
    assertThat(mode(policy, TestRequest.get("/public/a").raw("/public/%2e%2e/admin")))
        .isEqualTo(Mode.REQUIRED);
    assertThat(mode(policy, TestRequest.get("/public/a").raw("/app;x=1/public/a")))
        .isEqualTo(Mode.REQUIRED);
  }

  @Test
  void twoReadingsWithoutACommonMethodTakeNoBoundToken_T96() {
    BindingPolicy policy = policy(Mode.REQUIRED, taking(Mode.REQUIRED, DPOP, "/admin"));

    assertThat(policy.beforeVerification(TestRequest.get("/admin").raw("/x/../admin")))
        .isEqualTo(new Requirement(Mode.REQUIRED, Set.of()));
  }

  @Test
  void aReadingThatRefusesNothingDoesNotNarrowTheMethods() {
    BindingPolicy policy =
        policy(
            Mode.REQUIRED,
            taking(Mode.OFF, DPOP, "/public/**"),
            taking(Mode.REPORT_ONLY, DPOP, "/trial/**"));

    assertThat(policy.beforeVerification(TestRequest.get("/Public/a"))).isEqualTo(REQUIRED);
    assertThat(policy.beforeVerification(TestRequest.get("/a").raw("/a;b"))).isEqualTo(REQUIRED);
  }

  @Test
  void whereAFilterChangedTheMethodTheStricterOfBothCounts_C21() {
    BindingPolicy policy = policy(Mode.REQUIRED, on(Set.of("POST"), Mode.OFF, "/a"));
    TestRequest post = TestRequest.get("/a").method("POST");
    TestRequest delete = TestRequest.get("/a").method("DELETE");

    assertThat(mode(policy, post)).isEqualTo(Mode.OFF);
    for (RequestEvidence request : List.of(new Changed(post, delete), new Changed(delete, post))) {
      assertThat(policy.beforeVerification(request).mode()).isEqualTo(Mode.REQUIRED);
    }
  }

  @Test
  void whereAFilterChangedThePathTheStricterOfBothCounts_C21() {
    BindingPolicy policy = policy(Mode.OFF, rule(Mode.REQUIRED, "/admin"));
    TestRequest open = TestRequest.get("/public");
    TestRequest admin = TestRequest.get("/admin");
    TestRequest ambiguous = TestRequest.get("/public").raw("/public/..;/admin");

    for (RequestEvidence request :
        List.of(new Changed(open, admin), new Changed(admin, open), new Changed(ambiguous, open))) {
      assertThat(policy.beforeVerification(request).mode()).isEqualTo(Mode.REQUIRED);
    }
  }

  /** A request that something changed before it came to the application. */
  private record Changed(TestRequest received, TestRequest asDispatched) implements PlainRequest {
    @Override
    public String httpMethod() {
      return received.httpMethod();
    }

    @Override
    public String path() {
      return received.path();
    }

    @Override
    public String rawPath() {
      return received.rawPath();
    }
  }

  @Test
  void theDefaultsTakeAMethod() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BindingPolicy.everywhere(new Requirement(Mode.REQUIRED, Set.of())));
  }

  private static Rule demanding(String scope, String path) {
    return new Rule(
        List.of(PathPattern.parse(path)),
        Set.of("GET"),
        Set.of(),
        null,
        Set.of(),
        new TokenRequirement(List.of(scope), null, null));
  }

  private static List<String> scopes(BindingPolicy policy, TestRequest request) {
    return policy.beforeVerification(request).token().scopes();
  }

  @Test
  void noSpellingOfARequestNeedsFewerScopes() {
    BindingPolicy policy =
        policy(Mode.REQUIRED, demanding("pay", "/pay"), demanding("read", "/**"));

    assertThat(scopes(policy, TestRequest.get("/pay"))).containsExactly("pay");
    assertThat(scopes(policy, TestRequest.get("/x"))).containsExactly("read");
    assertThat(scopes(policy, TestRequest.get("/x").method("PUT"))).isEmpty();
    assertThat(scopes(policy, TestRequest.get("/pay").method("HEAD"))).containsExactly("pay");
    assertThat(scopes(policy, TestRequest.get("/PAY"))).containsExactly("read", "pay");
    assertThat(scopes(policy, TestRequest.get("/pay").method("get")))
        .containsExactly("pay", "read");
    assertThat(scopes(policy, TestRequest.get("/x").raw("/x;b"))).containsExactly("pay", "read");
  }

  @Test
  void aRuleWithoutScopesTakesThoseOfTheDefaultsUnlessItIsOff() {
    TokenRequirement read = new TokenRequirement(List.of("read"), null, null);
    BindingPolicy policy =
        new BindingPolicy(
            new Requirement(Mode.REQUIRED, CERTIFICATES, read),
            List.of(rule(Mode.WHEN_BOUND, "/a"), rule(Mode.OFF, "/b")));

    assertThat(scopes(policy, TestRequest.get("/a"))).containsExactly("read");
    assertThat(scopes(policy, TestRequest.get("/b"))).isEmpty();
  }
}
