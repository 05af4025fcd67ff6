package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.servlet.cookie.BoundCookieFilter;
import io.undertow.security.api.AuthenticationMechanism;
import io.undertow.security.api.SecurityContext;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.catalina.Container;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.authenticator.BasicAuthenticator;
import org.apache.catalina.authenticator.NonLoginAuthenticator;
import org.apache.catalina.authenticator.SingleSignOn;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What signs users in by a cookie of its own, before any filter and without a login-config. */
@Tag("verify")
class SingleSignOnTest {
  @TempDir private Path directory;
  private Tomcat tomcat;
  private Context context;

  @BeforeEach
  void embed() {
    tomcat = new Tomcat();
    tomcat.setBaseDir(directory.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "localhost");
    context = tomcat.addContext("", directory.toString());
  }

  @AfterEach
  void stop() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
  }

  private static BoundCookieFilter binding(String... cookies) {
    return BoundCookieFilter.builder().names(cookies).secrets(CookieFixture.NEW).build();
  }

  private boolean starts(String... cookies) throws LifecycleException {
    BoundCookieFilter filter = binding(cookies);
    context.addServletContainerInitializer(
        (classes, started) -> filter.register(started), Set.of());
    tomcat.start();
    return context.getState().isAvailable();
  }

  private void signOn(String where, SingleSignOn valve) {
    Map<String, Container> containers =
        Map.of("context", context, "host", tomcat.getHost(), "engine", tomcat.getEngine());
    containers.get(where).getPipeline().addValve(valve);
  }

  @ParameterizedTest
  @CsvSource({
    "context, JSESSIONID",
    "host, JSESSIONID",
    "engine, JSESSIONID",
    "host, JSESSIONIDSSO"
  })
  void aSingleSignOnValveAboveABoundSessionStopsTheStart(String where, String cookie)
      throws Exception {
    signOn(where, new SingleSignOn());
    assertThat(starts(cookie)).isFalse();
  }

  @Test
  void soDoesOneWhoseCookieHasAnotherName() throws Exception {
    SingleSignOn valve = new SingleSignOn();
    valve.setCookieName("SSO");
    signOn("host", valve);
    assertThat(starts("SSO")).isFalse();
  }

  @Test
  void besideOtherCookiesItDoesNot() throws Exception {
    signOn("host", new SingleSignOn());
    assertThat(starts("APP")).isTrue();
  }

  @Test
  void anAuthenticatorWithoutALoginConfigStopsTheStart() throws Exception {
    context.getPipeline().addValve(new BasicAuthenticator());
    assertThat(starts("JSESSIONID")).isFalse();
  }

  @Test
  void anAuthenticatorThatSignsNobodyInDoesNot() throws Exception {
    context.getPipeline().addValve(new NonLoginAuthenticator());
    assertThat(starts("JSESSIONID")).isTrue();
  }

  private static final class Mechanism implements AuthenticationMechanism {
    @Override
    public AuthenticationMechanismOutcome authenticate(
        HttpServerExchange exchange, SecurityContext security) {
      return AuthenticationMechanismOutcome.NOT_ATTEMPTED;
    }

    @Override
    public ChallengeResult sendChallenge(HttpServerExchange exchange, SecurityContext security) {
      return ChallengeResult.NOT_SENT;
    }
  }

  /** WildFly adds its single sign-on in the first of these ways. */
  @ParameterizedTest
  @ValueSource(strings = {"first", "last", "jaspi"})
  void aMechanismOfUndertowsStopsTheStart(String where) {
    Consumer<DeploymentInfo> adding =
        Map.<String, Consumer<DeploymentInfo>>of(
                "first",
                info -> info.addFirstAuthenticationMechanism("SSO", new Mechanism()),
                "last",
                info -> info.addLastAuthenticationMechanism("SSO", new Mechanism()),
                "jaspi",
                info -> info.setJaspiAuthenticationMechanism(new Mechanism()))
            .get(where);
    DeploymentInfo deployment =
        Servlets.deployment()
            .setClassLoader(getClass().getClassLoader())
            .setContextPath("/")
            .setDeploymentName("single sign-on")
            .setEagerFilterInit(true)
            .addServletContainerInitializer(
                new ServletContainerInitializerInfo(
                    HandshakeServer.Initializer.class,
                    new ImmediateInstanceFactory<>(
                        new HandshakeServer.Initializer(binding("JSESSIONID")::register)),
                    Set.of()));
    adding.accept(deployment);
    DeploymentManager manager = Servlets.newContainer().addDeployment(deployment);
    manager.deploy();
    assertThatExceptionOfType(Exception.class)
        .isThrownBy(manager::start)
        .withStackTraceContaining("signs users in itself (");
  }
}
