package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.BindingEnforcer;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.Decision;
import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.Requirement;
import dev.holdfast.Verification;
import dev.holdfast.policy.BindingPolicy;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the filter does when it is met again, and when something else goes wrong. */
@Tag("verify")
class HoldfastFilterTest extends FilterFixture {

  @Test
  void twiceInTheChainIsOneCheck_T94() throws Exception {
    start(
        context -> {
          addPage(context);
          HoldfastFilter filter = filter(VALID);
          filter.register(context, "/*");
          context
              .addFilter("again", filter)
              .addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), true, "/*");
        });
    assertThat(get("/x")).isEqualTo(200);
    assertThat(decisions).hasValue(1);
  }

  @Test
  void anotherEnforcerDecidesForItself_T94() throws Exception {
    start(
        context -> {
          addPage(context);
          filter(VALID).register(context, "/*");
          context
              .addFilter(
                  "strict",
                  filter(
                      token ->
                          CompletableFuture.completedFuture(new Verification.Invalid("revoked"))))
              .addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), true, "/*");
        });
    assertThat(get("/x")).isEqualTo(401);
    assertThat(decisions).hasValue(2);
    assertThat(reached).hasValue(0);
  }

  @Test
  void aFilterWithoutAsyncSupportSaysSo_T95() throws Exception {
    AtomicInteger told = new AtomicInteger();
    start(
        context -> {
          addPage(context);
          FilterRegistration.Dynamic witness =
              context.addFilter(
                  "witness",
                  (request, response, chain) -> {
                    try {
                      chain.doFilter(request, response);
                    } catch (IllegalStateException refused) {
                      assertThat(refused).hasMessageContaining("asyncSupported=true");
                      told.incrementAndGet();
                      throw refused;
                    }
                  });
          witness.setAsyncSupported(true);
          witness.addMappingForUrlPatterns(null, false, "/*");
          FilterRegistration.Dynamic holdfast = context.addFilter("holdfast", filter(VALID));
          holdfast.setAsyncSupported(false); // the default in web.xml; in Tomcat's API it is true
          holdfast.addMappingForUrlPatterns(null, true, "/*");
        });
    assertThat(get("/x?async")).isEqualTo(500);
    assertThat(told).hasValue(1);
    assertThat(get("/x")).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        StackOverflowError.class,
        NoClassDefFoundError.class,
        IllegalStateException.class,
        NullPointerException.class,
        AssertionError.class
      })
  void whateverIsThrownTheChainIsNotCalled_T100(Class<? extends Throwable> type) throws Exception {
    Throwable failure = type.getDeclaredConstructor().newInstance();
    start(
        context -> {
          addPage(context);
          filter(token -> thrown(failure)).register(context, "/now/*");
        });
    assertThat(get("/now/x")).isEqualTo(500);
    assertThat(reached).hasValue(0);
  }

  @Test
  void aFailureInsideTheFutureIsNoPassEither_T100() throws Exception {
    start(
        context -> {
          addPage(context);
          filter(
                  token ->
                      CompletableFuture.failedFuture(
                          token.value().equals("token")
                              ? new StackOverflowError()
                              : new IssuerUnavailableException("x", null)))
              .register(context, "/*");
        });
    assertThat(get("/x")).isEqualTo(500);
    assertThat(reached).hasValue(0);
  }

  @Test
  void aListenerThatThrowsIsNoPassEither_T100() throws Exception {
    start(
        context -> {
          addPage(context);
          new HoldfastFilter(
                  new BindingEnforcer(
                      List.of(),
                      VALID,
                      BindingPolicy.everywhere(
                          new Requirement(
                              Requirement.Mode.OFF, Set.of(ConfirmationMethod.CERTIFICATE))),
                      (evidence, decision) -> {
                        assertThat(decision).isInstanceOf(Decision.Allowed.class);
                        throw new IllegalStateException("a bug");
                      }))
              .register(context, "/*");
        });
    assertThat(get("/x")).isEqualTo(500);
    assertThat(reached).hasValue(0);
  }

  private static CompletableFuture<Verification> thrown(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }
}
