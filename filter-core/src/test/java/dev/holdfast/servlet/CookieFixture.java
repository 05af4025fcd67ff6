package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.reading.CookieSettingsReader;
import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.servlet.cookie.BoundCookieFilter;
import dev.holdfast.servlet.cookie.BoundCookieFilterBuilder;
import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.contract.ServerSpec;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A server that binds its session and {@code APP}, an owner of both, and a thief. */
final class CookieFixture implements AutoCloseable {
  static final String OLD = "an old secret that is long enough to be one";
  static final String NEW = "a newer secret that is long enough to be one";
  static final String SESSION = "JSESSIONID";
  static final String COMPANION = "JSESSIONID-bound";
  static final ThrowAwayPki PKI = ThrowAwayPki.create();
  static final Identity OWNER = PKI.clientCertificate("CN=owner");
  static final Identity THIEF = PKI.clientCertificate("CN=thief");

  /** Starts a container. */
  interface Starter {
    StartedServer start(
        ServerSpec spec, ServletContainerInitializer application, IntSupplier reached);
  }

  private final Starter starter;
  private final StartedServer server;

  CookieFixture(Starter starter) {
    this.starter = starter;
    this.server = server(builder -> builder.secrets(NEW));
  }

  /** The server that every case shares which needs none of its own. */
  StartedServer server() {
    return server;
  }

  /** How many requests came to its application. */
  int reached() {
    return server.reached();
  }

  StartedServer server(UnaryOperator<BoundCookieFilterBuilder> settings) {
    BoundCookieFilter filter =
        settings.apply(BoundCookieFilter.builder().names(SESSION, "APP")).build();
    return installed(filter::register);
  }

  /** A server whose filter has these settings and no others. */
  StartedServer configured(Map<String, String> cookies, Map<String, String> sources) {
    BoundCookieFilter filter =
        BoundCookieFilter.builder()
            .settings(
                CookieSettingsReader.read(cookies),
                Assembly.of(SettingsReader.readInitParameters(sources), Clock.systemUTC()))
            .build();
    return installed(filter::register);
  }

  /** A server whose application installs the filter in its own way. */
  StartedServer installed(Consumer<ServletContext> installation) {
    CookieServlets application = new CookieServlets(installation);
    return starter.start(
        new ServerSpec(Map.of(), PKI.serverCertificate(), PKI, ServerSpec.Forwarding.IGNORED),
        application,
        application::reached);
  }

  Browser browser(@Nullable Identity identity) {
    return browser(server, identity, HttpClient.Version.HTTP_1_1);
  }

  Browser browser(@Nullable Identity identity, HttpClient.Version version) {
    return browser(server, identity, version);
  }

  Browser browser(StartedServer at, @Nullable Identity identity, HttpClient.Version version) {
    return new Browser(identity == null ? PKI.sslContext() : PKI.sslContext(identity), at, version);
  }

  Browser signedIn() {
    Browser owner = browser(OWNER);
    assertThat(owner.page("/login?user=alice")).isEqualTo("welcome");
    return owner;
  }

  @Override
  public void close() {
    server.close();
  }
}
