package dev.holdfast.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.reading.CookieSettingsReader;
import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.servlet.cookie.BoundCookieFilter;
import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.TokenBindingKey;
import jakarta.servlet.ServletContainerInitializer;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A session bound to a Token Binding, and to a certificate beside it, over containers whose every
 * request comes on another connection (RFC 8471 section 5).
 */
@NeedsExporter
class BoundCookieTest {
  private static final String SESSION = "JSESSIONID";
  private static final String COMPANION = "JSESSIONID-bound";
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final TokenBindingKey KEY = TokenBindingKey.generate(TokenBindingKey.ECDSAP256);
  private static final TokenBindingKey OTHER = TokenBindingKey.generate(TokenBindingKey.ECDSAP256);
  private static final Identity OWNER = PKI.clientCertificate("CN=owner");
  private static final Identity THIEF = PKI.clientCertificate("CN=thief");

  private final SignInServlet application = new SignInServlet();

  static Stream<Arguments> situations() {
    return Stream.of(Container.values())
        .flatMap(
            container ->
                Stream.of("TLSv1.2", "TLSv1.3").map(protocol -> Arguments.of(container, protocol)));
  }

  private ServletContainerInitializer guarded(String methods) {
    Map<String, String> cookies =
        Map.of(
            "holdfast.cookies.names", SESSION,
            "holdfast.cookies.secrets", "a secret of a test that is long enough",
            "holdfast.cookies.methods", methods);
    Map<String, String> sources =
        Map.of(
            "holdfast.token-binding.source", "tls",
            "holdfast.token-binding.negotiation", "configured",
            "holdfast.token-binding.key-parameters", "ecdsap256");
    BoundCookieFilter filter =
        BoundCookieFilter.builder()
            .settings(
                CookieSettingsReader.read(cookies),
                Assembly.of(SettingsReader.read(sources), Clock.systemUTC()))
            .build();
    return (classes, context) -> {
      filter.register(context);
      context.addServlet("application", application).addMapping("/login", "/me");
    };
  }

  private static Visitor visitor(
      String protocol, @Nullable Identity identity, @Nullable TokenBindingKey key) {
    SSLContext tls = identity == null ? PKI.sslContext() : PKI.sslContext(identity);
    return new Visitor(tls, protocol, key);
  }

  /** Signs in; the companion is bound to keys of these methods. */
  private static Visitor signedIn(Served server, Visitor visitor, String methods)
      throws IOException {
    TlsClient.Answer login = visitor.visit(server.port(), "/login");
    assertThat(login.body()).isEqualTo("alice");
    assertThat(login.values("set-cookie"))
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("Secure", "HttpOnly"));
    assertThat(visitor.cookies()).containsOnlyKeys(SESSION, COMPANION);
    assertThat(visitor.cookies().get(COMPANION)).startsWith("1." + methods + ".");
    return visitor;
  }

  private static void opens(Served server, Visitor owner) throws IOException {
    assertThat(owner.visit(server.port(), "/me").body()).isEqualTo("alice");
    assertThat(owner.exported()).as("each connection's own").doesNotHaveDuplicates();
  }

  /** The application is not called, the thief's copies are cleared, the owner's session lives. */
  private void opensNothing(Served server, Visitor thief, Visitor owner) throws IOException {
    thief.withStolen(owner);
    int reached = application.reached();
    TlsClient.Answer refused = thief.visit(server.port(), "/me");
    assertThat(refused.status()).isEqualTo("307");
    assertThat(refused.body()).isEmpty();
    assertThat(application.reached()).isEqualTo(reached);
    assertThat(thief.cookies()).doesNotContainKey(SESSION);
    assertThat(thief.visit(server.port(), "/me").body()).isEqualTo("nobody");
    opens(server, owner);
  }

  /** Wrong evidence, or none where RFC 8471 section 7.2 asks for it: no cookie changes hands. */
  private void refused(Served server, Visitor visitor, String... headers) throws IOException {
    int reached = application.reached();
    for (String path : List.of("/me", "/login")) {
      TlsClient.Answer refused = visitor.visit(server.port(), path, headers);
      assertThat(refused.status()).isEqualTo("401");
      assertThat(refused.values("set-cookie")).isEmpty();
    }
    assertThat(application.reached()).isEqualTo(reached);
  }

  @ParameterizedTest
  @MethodSource("situations")
  void aSessionOfATokenBindingOpensForItsKeyAlone(Container container, String protocol)
      throws Exception {
    try (Served server = container.start(PKI, guarded("token-binding"))) {
      Visitor owner = signedIn(server, visitor(protocol, null, KEY), "t");
      opens(server, owner);

      opensNothing(server, visitor(protocol, null, OTHER), owner);
      opensNothing(server, visitor(protocol, OWNER, OTHER), owner);
      refused(server, visitor(protocol, null, null).withStolen(owner));
      opens(server, owner);
      // a certificate is neither asked for nor in the way
      opens(server, visitor(protocol, THIEF, KEY).withStolen(owner));
    }
  }

  /** A message that was seen on the owner's connection says nothing on the thief's (T71). */
  @ParameterizedTest
  @MethodSource("situations")
  void aMessageOfAnotherConnectionRefusesTheRequest(Container container, String protocol)
      throws Exception {
    SSLContext tls = PKI.sslContext();
    try (Served server = container.start(PKI, guarded("token-binding"));
        TlsClient owners = TlsClient.connect(tls, server.port(), protocol)) {
      String message = "Sec-Token-Binding: " + KEY.header(owners.ekm());
      Visitor owner = signedIn(server, new Visitor(tls, protocol, KEY), "t");
      String cookies = "Cookie: " + owner.joined();
      assertThat(owners.get("/me", message, cookies)).isEqualTo("alice");

      refused(server, visitor(protocol, null, null).withStolen(owner), message);
      assertThat(owners.get("/me", message, cookies)).isEqualTo("alice");
    }
  }

  @ParameterizedTest
  @MethodSource("situations")
  void aSessionOfBothKeysOpensForBothTogetherOnly(Container container, String protocol)
      throws Exception {
    try (Served server = container.start(PKI, guarded("token-binding,certificate"))) {
      Visitor owner = signedIn(server, visitor(protocol, OWNER, KEY), "tc");
      opens(server, owner);

      opensNothing(server, visitor(protocol, THIEF, KEY), owner);
      opensNothing(server, visitor(protocol, null, KEY), owner);
      opensNothing(server, visitor(protocol, OWNER, OTHER), owner);
      opensNothing(server, visitor(protocol, THIEF, OTHER), owner);
      refused(server, visitor(protocol, OWNER, null).withStolen(owner));
      opens(server, owner);
    }
  }

  /** Where Token Binding was agreed on beforehand, a message may not be left out. */
  @ParameterizedTest
  @MethodSource("situations")
  void aBrowserThatSendsNoMessageBeginsNoSession(Container container, String protocol)
      throws Exception {
    try (Served server = container.start(PKI, guarded("token-binding"))) {
      refused(server, visitor(protocol, OWNER, null));
    }
  }
}
