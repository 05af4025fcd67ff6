package dev.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What an issuer granted, however it is written. */
class GrantedScopesPropertyTest {

  @Provide
  Arbitrary<Set<String>> scopes() {
    return Arbitraries.strings()
        .withChars("abzAZ09:/._-!#[]~")
        .ofMinLength(1)
        .ofMaxLength(8)
        .set()
        .ofMaxSize(5);
  }

  @Provide
  Arbitrary<Object> jsonValues() {
    Arbitrary<Object> simple =
        Arbitraries.oneOf(
            Arbitraries.longs().map(Object.class::cast),
            Arbitraries.doubles().map(Object.class::cast),
            Arbitraries.of(true, false).map(Object.class::cast),
            Arbitraries.strings().ofMaxLength(6).map(Object.class::cast));
    return Arbitraries.oneOf(
        simple,
        simple.list().ofMaxSize(4).map(Object.class::cast),
        Arbitraries.maps(Arbitraries.strings().ofMaxLength(3), simple)
            .ofMaxSize(2)
            .map(Object.class::cast));
  }

  @Property
  void aTextAndAListSayTheSameInEitherClaim(
      @ForAll("scopes") Set<String> scopes, @ForAll boolean isText, @ForAll boolean isScp) {
    Object value = isText ? String.join(" ", scopes) : new ArrayList<>(scopes);
    Map<String, Object> claims = Map.of(isScp ? "scp" : "scope", value);
    assertThat(GrantedScopes.in(claims)).isEqualTo(scopes);
    assertThat(GrantedScopes.problem(claims)).isNull();
  }

  @Property
  void scpNeverAddsToScope(@ForAll("jsonValues") Object scope, @ForAll("jsonValues") Object scp) {
    assertThat(GrantedScopes.in(Map.of("scope", scope, "scp", scp)))
        .isEqualTo(GrantedScopes.in(Map.of("scope", scope)));
  }

  @Property
  void nullIsAsGoodAsNothing(@ForAll("jsonValues") Object scp) {
    Map<String, Object> claims = new HashMap<>();
    claims.put("scope", null);
    claims.put("scp", scp);
    assertThat(GrantedScopes.in(claims)).isEqualTo(GrantedScopes.in(Map.of("scp", scp)));
  }

  @Property
  void whatIsNoTextOrListOfTextsGrantsNothing(@ForAll("jsonValues") Object value) {
    boolean isLawful =
        value instanceof String
            || (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance));
    for (String name : List.of("scope", "scp")) {
      Map<String, Object> claims = Map.of(name, value);
      assertThat(GrantedScopes.problem(claims) == null).isEqualTo(isLawful);
      if (!isLawful) {
        assertThat(GrantedScopes.in(claims)).isEmpty();
      }
    }
  }

  @Property
  void aGrantedScopeIsAWholeWordOfTheText(@ForAll("jsonValues") Object value) {
    for (String scope : GrantedScopes.in(Map.of("scope", value))) {
      assertThat(scope).isNotEmpty();
      assertThat(value instanceof String text ? List.of(text.split(" ", -1)) : (List<?>) value)
          .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
          .contains(scope);
    }
  }
}
