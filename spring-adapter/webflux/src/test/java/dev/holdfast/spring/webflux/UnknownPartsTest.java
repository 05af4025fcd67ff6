package dev.holdfast.spring.webflux;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.holdfast.configuration.reading.SettingsReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.server.WebFilter;

/** What cannot be shown to be harmless stops the start, until the application vouches for it. */
@Tag("verify")
class UnknownPartsTest {
  private static AnnotationConfigApplicationContext start(Class<?>... configurations) {
    return NettyServer.context(SettingsReader.read(Map.of()), configurations);
  }

  private static List<WebFilter> filters(AnnotationConfigApplicationContext context, String chain) {
    return context
        .getBean(chain, SecurityWebFilterChain.class)
        .getWebFilters()
        .collectList()
        .block();
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        UnknownParts.Repository.class,
        UnknownParts.RepositoryBesideTokens.class,
        UnknownParts.SubclassedRepository.class,
        UnknownParts.ManagersByRequest.class,
        UnknownParts.ManagersLater.class,
        UnknownParts.ConverterOfSomeTokens.class,
        UnknownParts.ConverterOfSomePaths.class,
        UnknownParts.ConverterBehindSprings.class,
        WrappedFilters.WrappedInALambda.class,
        WrappedFilters.WrappedInAClass.class,
        WrappedFilters.ProxyInAChain.class,
        WrappedFilters.OwnLines.class,
        WrappedFilters.RepositoryInALambda.class,
        WrappedFilters.Supplied.class,
        WrappedFilters.ProxyOfTheJdks.class,
        WrappedFilters.Aspect.class,
        WrappedFilters.Scoped.class,
        WrappedFilters.WronglyVouched.class,
        WrappedFilters.ProxyInALambdaBean.class,
        WrappedFilters.FilterOfAConfiguration.class,
        WrappedFilters.ChainInAFilterBean.class,
        WrappedFilters.OwnChainInAFilterBean.class
      })
  void aPartThatMayTakeTokensStopsTheStartUntilItsBeanIsNamed(Class<?> parts) {
    assertThatThrownBy(() -> start(StartChains.Tokens.class, parts))
        .extracting(
            NestedExceptionUtils::getMostSpecificCause, as(InstanceOfAssertFactories.THROWABLE))
        .hasMessageContaining("bean unseen has a")
        .hasMessageContaining("@TakesNoAccessTokens")
        .hasMessageContaining("ChainsOfOthers");
    try (AnnotationConfigApplicationContext context =
        start(StartChains.Tokens.class, parts, WrappedFilters.Others.class)) {
      assertThat(filters(context, "tokens")).anyMatch(EnforcedTokenFilter.class::isInstance);
    }
  }

  @Test
  void theLineAtTheStartNamesWhatIsLeftAlone() {
    List<String> lines =
        LogLines.during(
            Level.INFO,
            () ->
                start(
                        StartChains.Tokens.class,
                        UnknownParts.Repository.class,
                        WrappedFilters.Others.class)
                    .close());
    assertThat(lines)
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("Holdfast enforces policy required")
                    .endsWith(". Chains of others, which Holdfast leaves alone: unseen"));
  }

  @Test
  void knownPartsAndThoseThatTheApplicationVouchesForStart() {
    try (AnnotationConfigApplicationContext context = start(LawfulParts.class)) {
      assertThat(filters(context, "vouched"))
          .anyMatch(EnforcedTokenFilter.class::isInstance)
          .anyMatch(LawfulParts.Tenants.class::isInstance);
    }
  }

  @Test
  void aNameThatNoChainHasStopsTheStart() {
    assertThatThrownBy(() -> start(StartChains.Tokens.class, WrappedFilters.Others.class))
        .extracting(
            NestedExceptionUtils::getMostSpecificCause, as(InstanceOfAssertFactories.THROWABLE))
        .hasMessageContaining("names unseen")
        .hasMessageContaining("tokens");
  }

  @Test
  void aChainOfAnotherClassThatIsNoBeanStopsTheStart() {
    assertThatThrownBy(() -> start(StartChains.Tokens.class, UnknownParts.OwnChainInAProxy.class))
        .extracting(
            NestedExceptionUtils::getMostSpecificCause, as(InstanceOfAssertFactories.THROWABLE))
        .hasMessageContaining("UnknownParts$OwnChain")
        .hasMessageContaining("Define the chain as a bean");
  }

  /** Spring asks the filters of the contexts above, too. */
  @ParameterizedTest
  @ValueSource(classes = {StartChains.FilterBean.class, StartChains.ChainInAProxy.class})
  void aFilterOfAParentContextStopsTheStart(Class<?> above) {
    try (AnnotationConfigApplicationContext parent =
        new AnnotationConfigApplicationContext(above)) {
      assertThatThrownBy(
              () ->
                  NettyServer.context(
                      SettingsReader.read(Map.of()),
                      context -> context.setParent(parent),
                      StartChains.Tokens.class))
          .extracting(
              NestedExceptionUtils::getMostSpecificCause, as(InstanceOfAssertFactories.THROWABLE))
          .hasMessageContaining("Holdfast does not confirm them there");
    }
  }

  @Test
  void aFilterOfADecoratorStopsTheStart() {
    assertThatThrownBy(() -> start(StartChains.Tokens.class, WrappedFilters.Decorated.class))
        .extracting(
            NestedExceptionUtils::getMostSpecificCause, as(InstanceOfAssertFactories.THROWABLE))
        .hasMessageContaining("A WebFilterChainProxy has a lambda of")
        .hasMessageContaining("AuthenticationWebFilter");
  }

  @Test
  void aChainThatMakesNewFiltersStopsTheStart() {
    assertThatThrownBy(() -> start(StartChains.Tokens.class, UnknownParts.NewFiltersEachTime.class))
        .extracting(
            NestedExceptionUtils::getMostSpecificCause, as(InstanceOfAssertFactories.THROWABLE))
        .hasMessageContaining("bean unseen")
        .hasMessageContaining("always answer with the same filters");
  }

  /** It is looked at when the application starts, and its requests fail if it has changed. */
  @Test
  void aFilterThatAChainGetsAfterTheStartIsNeverAsked() {
    try (AnnotationConfigApplicationContext context =
        start(StartChains.Tokens.class, UnknownParts.Changing.class)) {
      List<WebFilter> filters = context.getBean(UnknownParts.Changing.class).filters;
      assertThat(filters(context, "changing")).isEmpty();
      filters.add(UnknownParts.bearer());
      assertThatThrownBy(() -> filters(context, "changing"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("bean changing has a filter that it did not have at the start");
      filters.set(0, new WrappedFilters.Wrapping(Optional.empty()));
      assertThatThrownBy(() -> filters(context, "changing"))
          .isInstanceOf(IllegalStateException.class);
      filters.clear();
      assertThat(filters(context, "changing")).isEmpty();
    }
  }
}
