package dev.holdfast.servlet;

import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.testing.DpopKey;
import dev.holdfast.testing.contract.ContractFixture;
import dev.holdfast.testing.contract.ServerSpec;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Requests as bytes, to a container with two servlets, {@code /api/*} and {@code /pub/*}, and a
 * filter before each. A servlet answers with its name. A third one, {@code /open/*}, has no filter
 * and dispatches to the first.
 */
final class WireFixture implements AutoCloseable {
  private final CookieFixture.Starter starter;
  private final ServerSpec.Forwarding forwarding;
  private final DpopKey key = DpopKey.create();
  private final ContractFixture fixture;
  private final String token;
  private StartedServer server;
  private ServerSpec spec;

  WireFixture(CookieFixture.Starter starter, ServerSpec.Forwarding forwarding, String... settings) {
    this.starter = starter;
    this.forwarding = forwarding;
    this.fixture = new ContractFixture(this::start);
    fixture.api(settings);
    this.token = fixture.issuer().jwt(fixture.dpopClaims(key));
  }

  private StartedServer start(ServerSpec asked) {
    spec = new ServerSpec(asked.settings(), asked.identity(), asked.pki(), forwarding);
    server = starter.start(spec, new Application(spec.settings()), () -> 0);
    return server;
  }

  int port() {
    return server.port();
  }

  /** The token and a proof for {@code GET} of this URI. */
  List<String> proving(String uri) {
    return List.of("authorization: DPoP " + token, "dpop: " + key.proof("GET", uri, token).sign());
  }

  /** A token that is bound to no key. */
  List<String> unbound() {
    return List.of("authorization: Bearer " + fixture.issuer().jwt(fixture.issuer().claims(null)));
  }

  /** Whether TLS is used. */
  enum Transport {
    TLS,
    CLEAR
  }

  /** The name of the servlet that served this target, or {@link RawHttp#REFUSED}. */
  String http1(Transport transport, String target, String host, List<String> fields) {
    return RawHttp.http1(connect(transport, "http/1.1"), target, host, fields);
  }

  /** {@code GET} of {@code /api/x} with this scheme and this authority, and a proof for the URI. */
  String http2(
      Transport transport, String scheme, String authority, String uri, String... moreFields) {
    List<String> fields = new ArrayList<>(List.of(":method: GET", ":scheme: " + scheme));
    fields.add(":path: /api/x");
    if (!authority.isEmpty()) {
      fields.add(":authority: " + authority);
    }
    fields.addAll(proving(uri));
    fields.addAll(List.of(moreFields));
    return RawHttp.http2(connect(transport, "h2"), fields);
  }

  private Socket connect(Transport transport, String protocol) {
    try {
      return transport == Transport.CLEAR
          ? RawHttp.clear(server.plainPort())
          : RawHttp.tls(server.port(), spec.pki().sslContext(), protocol);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    fixture.close();
  }

  private record Application(Map<String, String> settings) implements ServletContainerInitializer {
    @Override
    public void onStartup(Set<Class<?>> classes, ServletContext context) {
      filter().register(context, "/api/*");
      FilterRegistration.Dynamic other = context.addFilter("other", filter());
      other.setAsyncSupported(true);
      other.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/pub/*");
      context.addServlet("api", new Named("api")).addMapping("/api/*");
      context.addServlet("pub", new Named("pub")).addMapping("/pub/*");
      ServletRegistration.Dynamic open = context.addServlet("open", new Dispatching());
      open.setAsyncSupported(true);
      open.addMapping("/open/*");
    }

    private HoldfastFilter filter() {
      return HoldfastFilter.builder().settings(SettingsReader.read(settings)).build();
    }
  }

  /**
   * {@code /open/forward/async} forwards to {@code /open/async}, and that dispatches to the API.
   */
  private static final class Dispatching extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException {
      String[] ways = request.getPathInfo().substring(1).split("/", 2);
      String next = ways.length == 1 ? "/api/x" : "/open/" + ways[1];
      if (ways[0].equals("async")) {
        request.startAsync().dispatch(next);
      } else {
        request.getRequestDispatcher(next).forward(request, response);
      }
    }
  }

  private static final class Named extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private final String name;

    Named(String name) {
      this.name = name;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().print('<' + name + '>');
    }
  }
}
