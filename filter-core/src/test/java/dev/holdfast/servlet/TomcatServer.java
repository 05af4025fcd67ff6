package dev.holdfast.servlet;

import dev.holdfast.testing.contract.ServerSpec;
import jakarta.servlet.ServletContainerInitializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/** An embedded Tomcat with TLS that wants a client certificate, and with plain HTTP, 1.1 and 2. */
final class TomcatServer {
  private static final String PASSWORD = "in memory only";

  private TomcatServer() {}

  static StartedServer start(
      ServerSpec spec, ServletContainerInitializer application, IntSupplier reached) {
    return start(spec, application, reached, context -> {});
  }

  /** With what the test adds to the context. */
  static StartedServer start(
      ServerSpec spec,
      ServletContainerInitializer application,
      IntSupplier reached,
      Consumer<Context> more) {
    Tomcat tomcat = new Tomcat();
    Connector plain = new Connector();
    try {
      Path directory = Files.createTempDirectory("holdfast-tomcat");
      tomcat.setBaseDir(directory.toString());
      tomcat.setConnector(connector(spec));
      plain.setPort(0);
      plain.setProperty("address", "localhost");
      Http2Protocol clear = new Http2Protocol();
      clear.setAllowSchemeMismatch(true); // as Tomcat 11.0.14 and others before have it
      plain.addUpgradeProtocol(clear);
      tomcat.getService().addConnector(plain);
      Context context = tomcat.addContext("", directory.toString());
      if (spec.forwarding() == ServerSpec.Forwarding.REWRITES) {
        context.getPipeline().addValve(new RemoteIpValve());
      }
      context.addServletContainerInitializer(application, Set.of());
      ErrorPage page = new ErrorPage();
      page.setErrorCode(ContractServlets.ERROR);
      page.setLocation(ContractServlets.ERROR_PAGE);
      context.addErrorPage(page);
      more.accept(context);
      tomcat.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException | LifecycleException e) {
      throw new IllegalStateException(e);
    }
    return new StartedServer(
        tomcat.getConnector().getLocalPort(),
        plain.getLocalPort(),
        reached,
        () -> {
          tomcat.stop();
          tomcat.destroy();
        });
  }

  static Connector connector(ServerSpec spec) throws GeneralSecurityException, IOException {
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setScheme("https");
    connector.setSecure(true);
    connector.setAllowTrace(true);
    connector.setProperty("address", "localhost");
    connector.setProperty("SSLEnabled", "true");
    connector.setProperty("allowedTrailerHeaders", "client-cert"); // none otherwise
    connector.addUpgradeProtocol(new Http2Protocol());
    SSLHostConfig host = new SSLHostConfig();
    host.setCertificateVerification("optional");
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("authority", spec.pki().certificate());
    host.setTrustStore(trusted);
    SSLHostConfigCertificate certificate =
        new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.EC);
    certificate.setCertificateKeystore(spec.identity().keyStore(PASSWORD.toCharArray()));
    certificate.setCertificateKeystorePassword(PASSWORD);
    host.addCertificate(certificate);
    connector.addSslHostConfig(host);
    return connector;
  }
}
