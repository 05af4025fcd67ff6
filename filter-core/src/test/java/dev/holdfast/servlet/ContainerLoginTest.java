package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.holdfast.servlet.cookie.BoundCookieFilter;
import dev.holdfast.servlet.registration.ContainerLogin;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.LoginConfig;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.ServletContext;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.security.ConstraintSecurityHandler;
import org.eclipse.jetty.security.Authenticator;
import org.eclipse.jetty.security.EmptyLoginService;
import org.eclipse.jetty.security.authentication.BasicAuthenticator;
import org.eclipse.jetty.security.authentication.FormAuthenticator;
import org.eclipse.jetty.security.authentication.SslClientCertAuthenticator;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A container that signs users in renames the session before the filter sees whose it is. */
@Tag("verify")
class ContainerLoginTest {
  private static final String METHODS_TEXT = "signs users in itself (";

  private static Consumer<ServletContext> binding(String cookie) {
    BoundCookieFilter filter =
        BoundCookieFilter.builder()
            .names(cookie)
            .secrets("a secret that is long enough to be one")
            .build();
    return filter::register;
  }

  private static Context tomcat(
      Tomcat tomcat, Path directory, String method, Consumer<ServletContext> application)
      throws Exception {
    tomcat.setBaseDir(directory.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "localhost");
    Context context = tomcat.addContext("", directory.toString());
    context.setLoginConfig(
        new org.apache.tomcat.util.descriptor.web.LoginConfig(
            method, "realm", "/login.html", "/error.html"));
    context.addServletContainerInitializer(
        (classes, started) -> application.accept(started), Set.of());
    tomcat.start();
    return context;
  }

  private static void stop(Tomcat tomcat) throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }

  @ParameterizedTest
  @ValueSource(strings = {"FORM", "BASIC", "DIGEST", "CLIENT-CERT"})
  void inTomcatTheApplicationDoesNotStart_C56(String method, @TempDir Path directory)
      throws Exception {
    Tomcat tomcat = new Tomcat();
    try {
      Context context = tomcat(tomcat, directory, method, binding("JSESSIONID"));
      assertThat(context.getState().isAvailable()).isFalse();
      assertThat(ContainerLogin.method(context.getServletContext())).isEqualTo(method);
    } finally {
      stop(tomcat);
    }
  }

  @Test
  void inTomcatAnotherCookieIsBound_C56(@TempDir Path directory) throws Exception {
    Tomcat tomcat = new Tomcat();
    try {
      assertThat(tomcat(tomcat, directory, "FORM", binding("APP")).getState().isAvailable())
          .isTrue();
    } finally {
      stop(tomcat);
    }
  }

  @Test
  void inTomcatAnApplicationThatSignsInItselfStarts_C56(@TempDir Path directory) throws Exception {
    Tomcat tomcat = new Tomcat();
    try {
      assertThat(tomcat(tomcat, directory, "NONE", binding("JSESSIONID")).getState().isAvailable())
          .isTrue();
    } finally {
      stop(tomcat);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FORM", "BASIC", "CLIENT_CERT"})
  void inJettyTheApplicationDoesNotStart_C56(String method) throws Exception {
    Server server = jetty(authenticator(method), binding("JSESSIONID"));
    try {
      assertThatExceptionOfType(Exception.class)
          .isThrownBy(server::start)
          .withStackTraceContaining(METHODS_TEXT + method);
    } finally {
      server.stop();
    }
  }

  @Test
  void inJettyAnotherCookieIsBound_C56() throws Exception {
    Server server = jetty(authenticator("FORM"), binding("APP"));
    try {
      assertThatNoException().isThrownBy(server::start);
    } finally {
      server.stop();
    }
  }

  private static Authenticator authenticator(String method) {
    return switch (method) {
      case "FORM" -> new FormAuthenticator("/login.html", "/error.html", false);
      case "BASIC" -> new BasicAuthenticator();
      default -> new SslClientCertAuthenticator(new SslContextFactory.Server());
    };
  }

  private static Server jetty(Authenticator authenticator, Consumer<ServletContext> application) {
    Server server = new Server();
    ServletContextHandler context =
        new ServletContextHandler(ServletContextHandler.SESSIONS | ServletContextHandler.SECURITY);
    ConstraintSecurityHandler security = new ConstraintSecurityHandler();
    security.setAuthenticator(authenticator);
    security.setLoginService(new EmptyLoginService());
    context.setSecurityHandler(security);
    context.addServletContainerInitializer((classes, started) -> application.accept(started));
    server.setHandler(context);
    return server;
  }

  @Test
  void inUndertowTheApplicationDoesNotStart_C56() {
    Consumer<ServletContext> application = binding("JSESSIONID");
    DeploymentInfo deployment =
        Servlets.deployment()
            .setClassLoader(ContainerLoginTest.class.getClassLoader())
            .setContextPath("/")
            .setDeploymentName("login")
            .setEagerFilterInit(true)
            .setLoginConfig(new LoginConfig("FORM", "realm", "/login.html", "/error.html"))
            .addServletContainerInitializer(
                new ServletContainerInitializerInfo(
                    HandshakeServer.Initializer.class,
                    new ImmediateInstanceFactory<>(new HandshakeServer.Initializer(application)),
                    Set.of()));
    DeploymentManager manager = Servlets.newContainer().addDeployment(deployment);
    manager.deploy();
    assertThatExceptionOfType(Exception.class)
        .isThrownBy(manager::start)
        .withStackTraceContaining(METHODS_TEXT + "FORM");
  }
}
