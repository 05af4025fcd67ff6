package dev.holdfast.servlet;

import dev.holdfast.cookie.CookieBinder.CookieRequirement;
import dev.holdfast.servlet.cookie.BoundCookieFilter;
import dev.holdfast.testing.Identity;
import dev.holdfast.testing.contract.ServerSpec;
import jakarta.servlet.ServletContainerInitializer;
import java.net.http.HttpClient;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Several applications in one server, which bind their sessions with one secret. */
final class SharedServerFixture implements AutoCloseable {
  static final String SHOP = "/shop";
  static final String HELP = "/help";

  /** Who says that the session's cookie is for the whole server. */
  enum Everywhere {
    /** Nobody: each application has its own. */
    NO,
    /** The application. */
    CONFIGURED,
    /** The container, if it has a setting of its own for that. */
    BY_CONTAINER
  }

  /** Starts a container with an application at each path. */
  interface Starter {
    StartedServer start(
        ServerSpec spec,
        Map<String, ServletContainerInitializer> applications,
        Everywhere everywhere);
  }

  private final Map<String, CookieServlets> applications = new TreeMap<>();
  private final StartedServer server;

  SharedServerFixture(
      Starter starter, Everywhere everywhere, CookieRequirement requirement, String... contexts) {
    this(
        starter,
        everywhere,
        requirement,
        Arrays.stream(contexts).collect(Collectors.toMap(path -> path, path -> CookieFixture.NEW)));
  }

  /** With these secrets by context path. */
  SharedServerFixture(
      Starter starter,
      Everywhere everywhere,
      CookieRequirement requirement,
      Map<String, String> secrets) {
    secrets.forEach(
        (context, secret) ->
            applications.put(
                context,
                new CookieServlets(
                    started -> {
                      if (everywhere == Everywhere.CONFIGURED) {
                        started.getSessionCookieConfig().setPath("/");
                      }
                      BoundCookieFilter.builder()
                          .names(CookieFixture.SESSION, "APP")
                          .secrets(secret)
                          .requirement(requirement)
                          .build()
                          .register(started);
                    })));
    server =
        starter.start(
            new ServerSpec(
                Map.of(),
                CookieFixture.PKI.serverCertificate(),
                CookieFixture.PKI,
                ServerSpec.Forwarding.IGNORED),
            Map.copyOf(applications),
            everywhere);
  }

  StartedServer server() {
    return server;
  }

  CookieServlets application(String context) {
    CookieServlets application = applications.get(context);
    if (application == null) {
      throw new IllegalArgumentException(context);
    }
    return application;
  }

  Browser browser(@Nullable Identity identity) {
    return new Browser(
        identity == null ? CookieFixture.PKI.sslContext() : CookieFixture.PKI.sslContext(identity),
        server,
        HttpClient.Version.HTTP_1_1);
  }

  /** Signed in at the shop as alice. */
  Browser owner() {
    Browser owner = browser(CookieFixture.OWNER);
    owner.get(SHOP + "/enter?user=alice");
    return owner;
  }

  @Override
  public void close() {
    server.close();
  }
}
