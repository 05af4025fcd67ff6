package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.spring.look.UnenforcedTokensException;
import dev.holdfast.spring.takers.StandingFilters;
import dev.holdfast.spring.takers.TokenTakers;
import jakarta.servlet.Filter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;

/** A filter that takes tokens is found in what another filter holds, within bounds. */
@Tag("verify")
class HeldFiltersTest {
  private static StandingFilters standing(Filter filter) {
    StandingFilters standing = new StandingFilters(chain -> {}, proxy -> null);
    standing.add(filter);
    return standing;
  }

  private static boolean isFound(Filter filter) {
    return standing(filter).all().stream().anyMatch(one -> TokenTakers.isForeign(one.filter()));
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        HoldingFilters.InAnOptional.class,
        HoldingFilters.InAReference.class,
        HoldingFilters.InAFuture.class,
        HoldingFilters.InATask.class,
        HoldingFilters.InAHolder.class,
        HoldingFilters.InAHoldersParent.class,
        HoldingFilters.InARecord.class,
        HoldingFilters.InKeys.class,
        HoldingFilters.InAListOfLists.class,
        HoldingFilters.InAMapOfHolders.class,
        HoldingFilters.InArrays.class,
        HoldingFilters.InAStaticField.class,
        HoldingFilters.InheritingAStaticField.class,
        HoldingFilters.InAHoldersStaticField.class,
        HoldingFilters.InACircle.class
      })
  void aFilterThatIsHeldFurtherAwayIsFound_C02(Class<? extends Filter> holding) throws Exception {
    assertThat(isFound(holding.getDeclaredConstructor().newInstance())).isTrue();
  }

  /** Both sides of the bound. */
  @Test
  void whatIsTooFarAwayIsNotLookedFor() {
    assertThat(isFound(new HoldingFilters.JustNearEnough())).isTrue();
    assertThat(isFound(new HoldingFilters.TooFarAway())).isFalse();
    assertThat(standing(new HoldingFilters.TooFarAway()).unseen()).isEmpty();
  }

  @Test
  void whatIsBehindTooManyObjectsIsNotLookedFor() {
    HoldingFilters.BehindTooMany many = new HoldingFilters.BehindTooMany();
    assertThat(isFound(many)).isFalse();
    assertThat(standing(many).unseen()).isEmpty();
    many.inner.remove(0);
    assertThat(isFound(many)).isFalse();
    many.inner.remove(0); // the list is one of them, and the filter is the last
    assertThat(isFound(many)).isTrue();
  }

  @Test
  void nothingOfTheApplicationIsCalled() {
    Filter filter = new HoldingFilters.BesideTheExplosive();
    assertThat(isFound(filter)).isTrue();
    assertThat(standing(filter).all()).hasSize(2);
    assertThat(standing(filter).unseen()).isEmpty();
  }

  @Test
  void oneThatIsHeldInAStartedApplicationStopsTheStart_C02() {
    new WebApplicationContextRunner()
        .withConfiguration(StartTest.ALL)
        .withPropertyValues(StartTest.ISSUER, StartTest.AUDIENCE)
        .withBean(
            "legacy",
            SecurityFilterChain.class,
            () ->
                new DefaultSecurityFilterChain(
                    AnyRequestMatcher.INSTANCE, new HoldingFilters.InAMapOfHolders()))
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .isInstanceOf(UnenforcedTokensException.class)
                    .hasMessageStartingWith("The chain \"legacy\" (any request) takes access"));
  }
}
