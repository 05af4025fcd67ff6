package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.AccessTokenVerifier;
import dev.holdfast.BindingEnforcer;
import dev.holdfast.BindingPolicy;
import dev.holdfast.ClaimRules;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.Decision;
import dev.holdfast.EnforcementListener;
import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.Verification;
import dev.holdfast.configuration.InvalidSettingException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the filter is installed, and what it does when something else goes wrong. */
class HoldfastFilterTest {
  private static final AccessTokenVerifier VALID =
      token ->
          CompletableFuture.completedFuture(
              new ClaimRules("https://i", Set.of(), Set.of(), Duration.ZERO, Clock.systemUTC())
                  .check(Map.of("sub", "alice")));

  private final AtomicInteger reached = new AtomicInteger();
  private final AtomicInteger decisions = new AtomicInteger();
  private final Tomcat tomcat = new Tomcat();
  @TempDir Path directory;

  private HoldfastFilter filter(AccessTokenVerifier verifier) {
    EnforcementListener counting = (evidence, decision) -> decisions.incrementAndGet();
    return new HoldfastFilter(
        new BindingEnforcer(
            List.of(),
            verifier,
            BindingPolicy.everywhere(
                new BindingPolicy.Requirement(
                    BindingPolicy.Mode.WHEN_BOUND, Set.of(ConfirmationMethod.CERTIFICATE))),
            counting));
  }

  private Context start(Consumer<ServletContext> application) throws Exception {
    tomcat.setBaseDir(directory.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "localhost");
    Context context = tomcat.addContext("", directory.toString());
    context.addServletContainerInitializer(
        (classes, servletContext) -> application.accept(servletContext), Set.of());
    tomcat.start();
    return context;
  }

  @AfterEach
  void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }

  private int get(String path) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(
                    URI.create("http://localhost:" + tomcat.getConnector().getLocalPort() + path))
                .header("Authorization", "Bearer token")
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  /** Goes where the query says, or answers 200. */
  private final class Page extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException {
      reached.incrementAndGet();
      if ("async".equals(request.getQueryString())) {
        request.startAsync();
      } else if (request.getRequestURI().endsWith("/forward")) {
        request.getRequestDispatcher("/api/other").forward(request, response);
      }
    }
  }

  private void addPage(ServletContext context) {
    var servlet = context.addServlet("page", new Page());
    servlet.setAsyncSupported(true);
    servlet.addMapping("/*");
  }

  @Test
  void oneLineRegistersIt() throws Exception {
    start(
        context -> {
          addPage(context);
          filter(VALID).register(context, "/api/*");
        });
    assertThat(get("/api/forward")).isEqualTo(200);
    assertThat(decisions).hasValue(1);
    assertThat(get("/open")).isEqualTo(200);
    assertThat(decisions).hasValue(1);
  }

  @Test
  void aSecondRegistrationOrNoPatternIsRefused() throws Exception {
    start(
        context -> {
          HoldfastFilter filter = filter(VALID);
          assertThatExceptionOfType(IllegalArgumentException.class)
              .isThrownBy(() -> filter.register(context));
          filter.register(context, "/*");
          assertThatExceptionOfType(IllegalStateException.class)
              .isThrownBy(() -> filter(VALID).register(context, "/*"));
        });
  }

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
                          new BindingPolicy.Requirement(
                              BindingPolicy.Mode.OFF, Set.of(ConfirmationMethod.CERTIFICATE))),
                      (evidence, decision) -> {
                        assertThat(decision).isInstanceOf(Decision.Allowed.class);
                        throw new IllegalStateException("a bug");
                      }))
              .register(context, "/*");
        });
    assertThat(get("/x")).isEqualTo(500);
    assertThat(reached).hasValue(0);
  }

  @Test
  void theContainerMayMakeItFromInitParameters() throws Exception {
    start(
        context -> {
          addPage(context);
          FilterRegistration.Dynamic filter = context.addFilter("h", HoldfastFilter.class);
          filter.setInitParameter("tokens.issuers[0].issuer", "https://localhost:1");
          filter.setInitParameter("holdfast.policy", "when-bound");
          filter.addMappingForUrlPatterns(null, false, "/*");
        });
    assertThat(get("/x")).isEqualTo(401);
    assertThat(reached).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"polcy", "tokens.issuers[0].isuer", "dpop.enabled"})
  void aWrongInitParameterStopsTheApplication_T101(String name) throws Exception {
    Context context =
        start(
            servletContext -> {
              addPage(servletContext);
              FilterRegistration.Dynamic filter =
                  servletContext.addFilter("h", HoldfastFilter.class);
              filter.setInitParameter("tokens.issuers[0].issuer", "https://localhost:1");
              filter.setInitParameter(name, "x");
              filter.addMappingForUrlPatterns(null, false, "/*");
            });
    assertThat(context.getState().isAvailable()).isFalse();
    assertThat(get("/x")).isNotEqualTo(200);
    assertThat(reached).hasValue(0);
  }

  @Test
  void withoutAnIssuerTheBuilderRefuses_T101() {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> HoldfastFilter.builder().build())
        .withMessageContaining("tokens.issuers");
  }

  private static CompletableFuture<Verification> thrown(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }
}
