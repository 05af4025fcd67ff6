package dev.holdfast.spring.webflux;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.configuration.settings.HoldfastSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.security.web.server.SecurityWebFilterChain;

/** What starts, and what stops the start. No server is needed to see it. */
@Tag("verify")
class StartTest {
  private static AnnotationConfigApplicationContext start(Class<?>... configurations) {
    return start(Map.of(), configurations);
  }

  private static AnnotationConfigApplicationContext start(
      Map<String, String> settings, Class<?>... configurations) {
    HoldfastSettings read = SettingsReader.read(new HashMap<>(settings));
    return NettyServer.context(read, configurations);
  }

  private static boolean isEnforced(AnnotationConfigApplicationContext context, String chain) {
    return context
        .getBean(chain, SecurityWebFilterChain.class)
        .getWebFilters()
        .any(filter -> filter instanceof EnforcedTokenFilter)
        .block();
  }

  @Test
  void chainsWithAResourceServerAreEnforcedAndOthersAreLeftAlone() {
    try (AnnotationConfigApplicationContext context =
        start(StartChains.Tokens.class, StartChains.Passwords.class)) {
      assertThat(isEnforced(context, "tokens")).isTrue();
      assertThat(isEnforced(context, "passwords")).isFalse();
    }
  }

  @Test
  void aSubclassOfSpringsConverterIsEnforced() {
    try (AnnotationConfigApplicationContext context = start(StartChains.OwnSubclass.class)) {
      assertThat(isEnforced(context, "tokens")).isTrue();
    }
  }

  @Test
  void aPriorityBeforeAllOthersIsKept() {
    try (AnnotationConfigApplicationContext context = start(OrderedChains.Prior.class)) {
      SecurityWebFilterChain prior = context.getBean("prior", SecurityWebFilterChain.class);
      assertThat(context.getBeanProvider(SecurityWebFilterChain.class).orderedStream().findFirst())
          .contains(prior);
    }
  }

  /** Whoever sorts them without the definitions of their beans has the class alone. */
  @Test
  void anOrderThatTheClassOfAChainSaysIsKept() {
    try (AnnotationConfigApplicationContext context = start(OrderedChains.Annotated.class)) {
      SecurityWebFilterChain annotated = context.getBean("annotated", SecurityWebFilterChain.class);
      List<SecurityWebFilterChain> chains =
          new ArrayList<>(
              List.of(context.getBean("everything", SecurityWebFilterChain.class), annotated));
      AnnotationAwareOrderComparator.sort(chains);
      assertThat(chains.get(0)).isSameAs(annotated);
    }
  }

  @Test
  void aChainThatSaysWhereItStandsKeepsItsPlace() {
    try (AnnotationConfigApplicationContext context = start(OrderedChains.Standing.class)) {
      assertThat(isEnforced(context, "specific")).isTrue();
      SecurityWebFilterChain specific = context.getBean("specific", SecurityWebFilterChain.class);
      assertThat(context.getBeanProvider(SecurityWebFilterChain.class).orderedStream().findFirst())
          .contains(specific);
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        StartChains.ConverterOfItsOwn.class,
        StartChains.TokensFromACookie.class,
        StartChains.SubclassedFilter.class,
        StartChains.DpopConverter.class,
        StartChains.LateConverter.class,
        StartChains.ApiKeys.class
      })
  void aFilterThatCannotBeSeenThroughStopsTheStart(Class<?> chain) {
    assertThatThrownBy(() -> start(StartChains.Tokens.class, chain))
        .extracting(
            NestedExceptionUtils::getMostSpecificCause, as(InstanceOfAssertFactories.THROWABLE))
        .hasMessageContaining("bean unseen ")
        .hasMessageContaining("ServerBearerTokenAuthenticationConverter");
  }

  @Test
  void aSwitchOfUsersBesideTokensStopsTheStart() {
    assertThatThrownBy(() -> start(StartChains.Switching.class))
        .extracting(
            NestedExceptionUtils::getMostSpecificCause, as(InstanceOfAssertFactories.THROWABLE))
        .hasMessageContaining("bean tokens ")
        .hasMessageContaining("SwitchUserWebFilter");
  }

  @Test
  void aChainThatIsNoBeanStopsTheStart() {
    assertThatThrownBy(() -> start(StartChains.Tokens.class, StartChains.ChainInAProxy.class))
        .extracting(
            NestedExceptionUtils::getMostSpecificCause, as(InstanceOfAssertFactories.THROWABLE))
        .hasMessageContaining("A SecurityWebFilterChain that is no bean")
        .hasMessageContaining("as a bean of the type SecurityWebFilterChain");
  }

  @Test
  void aFilterBesideTheChainsStopsTheStart() {
    assertThatThrownBy(() -> start(StartChains.Tokens.class, StartChains.FilterBean.class))
        .extracting(
            NestedExceptionUtils::getMostSpecificCause, as(InstanceOfAssertFactories.THROWABLE))
        .hasMessageContaining("The WebFilter bean mine has an org.springframework.security");
  }

  @Test
  void nothingToEnforceStopsTheStart() {
    assertThatThrownBy(() -> start(StartChains.Passwords.class))
        .extracting(
            NestedExceptionUtils::getMostSpecificCause, as(InstanceOfAssertFactories.THROWABLE))
        .hasMessageContaining("nothing to enforce")
        .hasMessageContaining("oauth2ResourceServer");
  }

  @ParameterizedTest
  @CsvSource({
    "holdfast.token-binding.source, tls, holdfast.token-binding.source",
    "holdfast.cors.allowed-origins, https://app.example, holdfast.cors",
    "holdfast.metadata.scopes, payments:read, holdfast.metadata.scopes",
    "holdfast.roles-from, scope, holdfast.roles-from"
  })
  void aSettingWithoutEffectHereStopsTheStart(String name, String value, String named) {
    assertThatThrownBy(() -> start(Map.of(name, value), StartChains.Tokens.class))
        .extracting(
            NestedExceptionUtils::getMostSpecificCause, as(InstanceOfAssertFactories.THROWABLE))
        .isInstanceOfSatisfying(
            InvalidSettingException.class,
            invalid -> {
              assertThat(invalid.setting()).isEqualTo(named);
              assertThat(invalid.action()).isNotBlank();
            });
  }

  /** They are Boot's on servlets; whatever reads the settings for WebFlux does not know them. */
  @ParameterizedTest
  @ValueSource(strings = {"holdfast.cookies.names", "holdfast.tokens.chains-of-others"})
  void aSettingOfTheServletStarterStopsTheStart(String name) {
    assertThatThrownBy(() -> start(Map.of(name, "x"), StartChains.Tokens.class))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining(name);
  }
}
