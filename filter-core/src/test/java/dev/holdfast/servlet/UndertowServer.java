package dev.holdfast.servlet;

import dev.holdfast.testing.contract.ServerSpec;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletException;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.function.IntSupplier;
import org.xnio.Options;
import org.xnio.SslClientAuthMode;

/** An embedded Undertow with TLS that wants a client certificate, and with plain HTTP. */
final class UndertowServer {
  private UndertowServer() {}

  static StartedServer start(
      ServerSpec spec, ServletContainerInitializer application, IntSupplier reached) {
    DeploymentInfo deployment =
        Servlets.deployment()
            .setClassLoader(UndertowServer.class.getClassLoader())
            .setContextPath("/")
            .setDeploymentName("contract")
            .addServletContainerInitializer(
                new ServletContainerInitializerInfo(
                    application.getClass(), new ImmediateInstanceFactory<>(application), Set.of()))
            .addErrorPage(Servlets.errorPage(ContractServlets.ERROR_PAGE, ContractServlets.ERROR));
    DeploymentManager manager = Servlets.newContainer().addDeployment(deployment);
    manager.deploy();
    Undertow undertow;
    try {
      undertow =
          Undertow.builder()
              .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
              .setSocketOption(Options.SSL_CLIENT_AUTH_MODE, SslClientAuthMode.REQUESTED)
              .addHttpsListener(0, "localhost", spec.sslContext())
              .addHttpListener(0, "localhost")
              .setHandler(
                  spec.forwarding() == ServerSpec.Forwarding.REWRITES
                      ? Handlers.proxyPeerAddress(manager.start())
                      : manager.start())
              .build();
    } catch (ServletException e) {
      throw new IllegalStateException(e);
    }
    undertow.start();
    return new StartedServer(
        port(undertow, "https"),
        port(undertow, "http"),
        reached,
        () -> {
          undertow.stop();
          manager.stop();
          manager.undeploy();
        });
  }

  private static int port(Undertow undertow, String protocol) {
    return undertow.getListenerInfo().stream()
        .filter(listener -> listener.getProtcol().equals(protocol))
        .map(listener -> ((InetSocketAddress) listener.getAddress()).getPort())
        .findFirst()
        .orElseThrow();
  }
}
