package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.spring.boot.failures.Failures;
import dev.holdfast.spring.held.FilterFields;
import jakarta.servlet.Filter;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** What cannot be looked at stops the start: nobody can tell that it takes no tokens. */
@Tag("whole")
class UnseenFiltersTest {
  private final WebApplicationContextRunner web =
      new WebApplicationContextRunner()
          .withConfiguration(StartTest.ALL)
          .withPropertyValues(StartTest.ISSUER, StartTest.AUDIENCE);

  private static FailureAnalysis analysis(Throwable failure) {
    return Failures.ofTokens(failure);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FailingSupplier           | its field \"inner\" has a supplier that fails (java.lang.Illeg",
        "OfARequest                | the bean \"perRequest\", to which it passes requests on, cannot",
        "OfASession                | the bean \"perSession\", to which it passes requests on, cannot",
        "WithoutAName              | it does not say to which bean it passes requests on",
        "AnotherContext            | the context that it looks in, that of the attribute another.con",
        "ContextThatIsNotRefreshed | the bean \"bearer\", to which it passes requests on, cannot be",
        "ScopedProxy               | the filter behind this proxy cannot be had at the start (org.sp",
        "CollectionOfItsOwn        | its field \"inner\" fails (java.lang.IllegalStateException)"
      })
  void aFilterThatCannotBeLookedAtStopsTheStart_C02(String name, String why) throws Exception {
    Class<?> chain = Class.forName(UnseenFilters.class.getName() + '$' + name);
    web.withUserConfiguration(chain)
        .run(
            context -> {
              assertThat(context).hasFailed();
              FailureAnalysis analysis = analysis(context.getStartupFailure());
              assertThat(analysis.getDescription())
                  .startsWith(
                      "The chain \"legacy\" (any request) has a filter that Holdfast cannot")
                  .contains(why);
              assertThat(analysis.getAction())
                  .contains("new DelegatingFilterProxy(\"name\")")
                  .endsWith("set holdfast.tokens.chains-of-others=legacy.");
            });
    web.withUserConfiguration(chain)
        .withPropertyValues("holdfast.tokens.chains-of-others=legacy")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void onAnEnforcedChainTheTextDoesNotAdviseToNameTheChain_C02() {
    web.withUserConfiguration(UnseenFilters.OnAnEnforcedChain.class)
        .run(
            context -> {
              assertThat(context).hasFailed();
              assertThat(analysis(context.getStartupFailure()).getDescription())
                  .startsWith("The chain \"api\" (any request) has a filter that Holdfast cannot");
              assertThat(analysis(context.getStartupFailure()).getAction())
                  .endsWith("or take it out of the chain.");
            });
  }

  @Test
  void oneOutsideEveryChainStopsTheStartToo_C02() {
    web.withUserConfiguration(UnseenFilters.Registered.class)
        .run(
            context -> {
              assertThat(context).hasFailed();
              assertThat(analysis(context.getStartupFailure()).getDescription())
                  .startsWith("The servlet filter of the bean \"partners\" has a filter that");
              assertThat(analysis(context.getStartupFailure()).getAction())
                  .endsWith(", or remove it.");
            });
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        UnseenFilters.ReadableCollection.class,
        UnseenFilters.ReadableMap.class,
        UnseenFilters.AspectByInterface.class,
        UnseenFilters.AspectByClass.class,
        UnseenFilters.ProxyOfItsOwn.class
      })
  void whatHoldsAFilterInAnotherWayIsLookedInto_C02(Class<?> chain) {
    web.withUserConfiguration(chain)
        .run(
            context -> {
              assertThat(context).hasFailed();
              assertThat(analysis(context.getStartupFailure()).getDescription())
                  .startsWith("The chain \"legacy\" (any request) takes access tokens by a filter");
            });
  }

  @Test
  void aPrototypeThatBootRegistersIsLookedAt_C02() {
    web.withUserConfiguration(UnseenFilters.Prototype.class)
        .run(
            context -> {
              assertThat(context).hasFailed();
              assertThat(analysis(context.getStartupFailure()).getDescription())
                  .endsWith(UnenforcedChains.OwnBearerFilter.class.getName() + ".");
            });
  }

  @Test
  void whatTakesNoTokensStartsAsBefore() {
    web.withUserConfiguration(UnseenFilters.Innocent.class)
        .run(context -> assertThat(context).hasNotFailed());
  }

  /** A module keeps the fields of its classes to itself, unless it opens their package. */
  @Test
  void aFieldThatMayHoldAFilterAndCannotBeReadIsNamed_C02() throws Exception {
    Filter sealed =
        SealedModule.filter(
            "final Object any = null;"
                + "final jakarta.servlet.Filter filter = null;"
                + "final java.util.function.Supplier<?> supplier = null;"
                + "final java.util.List<? extends jakarta.servlet.Filter> filters = null;"
                + "final jakarta.servlet.Filter[] array = null;"
                + "final String text = null;"
                + "final java.util.Map<String, String> words = null;"
                + "final byte[][] bytes = null;"
                + "final java.util.List<Integer>[] numbers = null;");
    List<String> unread =
        FilterFields.of(sealed).unread().stream().map(Throwable::getMessage).toList();
    assertThat(unread)
        .allMatch(text -> text.endsWith(" (java.lang.reflect.InaccessibleObjectException)"))
        .extracting(text -> text.split("\"", 3)[1])
        .containsExactly("any", "filter", "supplier", "filters", "array");
  }
}
