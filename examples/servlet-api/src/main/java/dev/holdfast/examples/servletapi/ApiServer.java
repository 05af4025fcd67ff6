package dev.holdfast.examples.servletapi;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.configuration.settings.TokenBindingSettings;
import dev.holdfast.servlet.HoldfastFilter;
import dev.holdfast.tls.tomcat.NegotiatingSslImplementation;
import dev.holdfast.tls.tomcat.TokenBindingSslImplementation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.ExpandWar;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ErrorReportValve;

/** An embedded Tomcat with the API in it. */
final class ApiServer implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(ApiServer.class.getName());

  private final Tomcat tomcat;
  private final Path directory;
  private final boolean secure;
  private final String host;

  private ApiServer(Tomcat tomcat, Path directory, ServerSettings settings) {
    this.tomcat = tomcat;
    this.directory = directory;
    this.secure = settings.tls() != null;
    this.host = settings.address() == null ? "localhost" : settings.address().getHostName();
  }

  /**
   * Starts the API and returns once it answers.
   *
   * @param settings every {@code server.*} and {@code holdfast.*}; other names are not looked at
   * @throws InvalidSettingException when a setting is wrong; nothing is listening then
   */
  static ApiServer start(Map<String, String> settings) {
    ServerSettings server = ServerSettings.read(settings);
    Connector connector = connector(server);
    HoldfastSettings holdfast = SettingsReader.read(settings);
    HoldfastFilter filter = HoldfastFilter.builder().settings(holdfast).build();
    installTokenBinding(connector, holdfast.tokenBinding());
    if (server.tls() == null) {
      LOG.log(
          System.Logger.Level.WARNING,
          "PLAIN HTTP: no server.ssl.certificate is set. Tokens travel in the clear, and no client"
              + " can prove a certificate: every certificate-bound token will be refused.");
    }
    Path directory = temporaryDirectory();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(directory.toString());
    tomcat.setConnector(connector);
    Context context = tomcat.addContext("", null);
    withoutLeakDetection(context);
    Endpoints.add(context, filter);
    withoutErrorDetails(tomcat);
    ApiServer api = new ApiServer(tomcat, directory, server);
    try {
      tomcat.start();
      if (!context.getState().isAvailable()) {
        throw new LifecycleException("the application did not start, see the log");
      }
      return api;
    } catch (LifecycleException failed) {
      api.close();
      throw new InvalidSettingException(
          "server",
          "cannot start: " + rootOf(failed).getMessage(),
          "Check server.port, server.address and server.ssl");
    }
  }

  /** The handshake negotiates; or the JDK's TLS exports, and the configuration says the rest. */
  private static void installTokenBinding(Connector connector, TokenBindingSettings settings) {
    if (settings.source() == TokenBindingSettings.TokenBindingSource.TLS) {
      if (settings.negotiation() == TokenBindingSettings.Negotiation.CONFIGURED) {
        TokenBindingSslImplementation.install(connector);
      } else {
        NegotiatingSslImplementation.install(connector, settings.keyParameters());
      }
    }
  }

  private static Connector connector(ServerSettings settings) {
    Connector connector = new Connector();
    connector.setPort(settings.port());
    connector.setThrowOnFailure(true);
    connector.setProperty("maxHttpRequestHeaderSize", String.valueOf(settings.maxHeaderBytes()));
    if (settings.address() != null) {
      connector.setProperty("address", settings.address().getHostAddress());
    }
    if (settings.tls() != null) {
      connector.setScheme("https");
      connector.setSecure(true);
      connector.setProperty("SSLEnabled", "true");
      connector.addSslHostConfig(settings.tls().forTomcat());
    }
    return connector;
  }

  /** Tomcat wants one, though this API keeps nothing there. */
  private static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("servlet-api-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers errors with a status and nothing of the server's inside. */
  private static void withoutErrorDetails(Tomcat tomcat) {
    ErrorReportValve errors = new ErrorReportValve();
    errors.setShowReport(false);
    errors.setShowServerInfo(false);
    tomcat.getHost().getPipeline().addValve(errors);
  }

  /** It is for applications that leave a server which stays; here both leave together. */
  private static void withoutLeakDetection(Context context) {
    if (context instanceof StandardContext standard) {
      standard.setClearReferencesThreadLocals(false);
      standard.setClearReferencesRmiTargets(false);
    }
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /** Where it listens. */
  URI uri() {
    int port = tomcat.getConnector().getLocalPort();
    return URI.create((secure ? "https://" : "http://") + host + ":" + port);
  }

  /** Stops listening. */
  @Override
  public void close() {
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException failed) {
      LOG.log(System.Logger.Level.WARNING, "the server did not stop cleanly", failed);
    }
    ExpandWar.delete(directory.toFile());
  }
}
