package dev.holdfast.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.servlet.evidence.ReferredTokenBinding;
import dev.holdfast.servlet.exporter.HoldfastAttributes;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.TokenBindingKey;
import dev.holdfast.tokenbinding.message.TokenBindingId;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A bound token, end to end, on connections that are new, resumed, and older than a resumed one.
 */
@NeedsExporter
class BoundTokenTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final TokenBindingKey KEY = TokenBindingKey.generate(TokenBindingKey.ECDSAP256);
  private static final TokenBindingKey OTHER = TokenBindingKey.generate(TokenBindingKey.ECDSAP256);
  private static final TokenBindingKey RSA = TokenBindingKey.generate(TokenBindingKey.RSA2048_PSS);

  @TempDir private static Path folder;
  private static GuardedApi api;

  @BeforeAll
  static void start() {
    api =
        GuardedApi.start(
            PKI,
            folder,
            Map.of(
                "holdfast.token-binding.negotiation", "configured",
                "holdfast.token-binding.key-parameters", "ecdsap256"));
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  private static ServletContainerInitializer guarded() {
    ServletContainerInitializer filtered = api.application();
    return (classes, context) -> {
      context.addServlet("referred", new ReferredServlet()).addMapping("/referred");
      filtered.onStartup(classes, context);
    };
  }

  private static String call(TlsClient client, TokenBindingKey boundTo, String message)
      throws IOException {
    return call("/ekm", client, boundTo, message);
  }

  private static String call(String path, TlsClient client, TokenBindingKey boundTo, String message)
      throws IOException {
    String authorization = "Authorization: Bearer " + api.token(boundTo.tbh());
    return message == null
        ? client.get(path, authorization)
        : client.get(path, authorization, "Sec-Token-Binding: " + message);
  }

  @ParameterizedTest
  @MethodSource("dev.holdfast.tls.ContainerExportTest#situations")
  void theRightfulClientPasses_andACapturedMessageNowhereElse_T71(
      Container container, String protocol, boolean tickets) throws Exception {
    SSLContext context = Connection.during(tickets, PKI::sslContext);
    try (Served server = Connection.during(tickets, () -> container.start(PKI, guarded()));
        TlsClient a = TlsClient.connect(context, server.port(), protocol)) {
      String ofA = KEY.header(a.ekm());
      assertThat(call(a, KEY, ofA)).isEqualTo(a.ekmInHex());
      try (TlsClient b = TlsClient.connect(context, server.port(), protocol)) {
        assertThat(b.sessionBegan()).isEqualTo(a.sessionBegan()); // resumed
        String ofB = KEY.header(b.ekm());
        assertThat(call(b, KEY, ofB)).isEqualTo(b.ekmInHex());
        assertThat(call(b, KEY, ofA)).isEqualTo("401");
        assertThat(call(a, KEY, ofB)).isEqualTo("401");
        assertThat(call(a, KEY, ofA)).isEqualTo(a.ekmInHex());
      }
      assertThat(call(a, KEY, OTHER.header(a.ekm()))).isEqualTo("401"); // the thief's own key
      assertThat(call(a, KEY, null)).isEqualTo("401"); // RFC 8471 section 7.2
      assertThat(call(a, RSA, RSA.header(a.ekm()))).isEqualTo("401"); // T68
    }
  }

  @ParameterizedTest
  @EnumSource
  void theReferredBindingIsShownToTheApplicationAndDecidesNothing(Container container)
      throws Exception {
    try (Served server = container.start(PKI, guarded());
        TlsClient client = TlsClient.connect(PKI.sslContext(), server.port(), "TLSv1.3")) {
      String both = KEY.header(client.ekm(), OTHER);
      assertThat(call("/referred", client, KEY, both)).isEqualTo(OTHER.tbh());
      assertThat(call("/referred", client, KEY, KEY.header(client.ekm()))).isEqualTo("none");
      assertThat(call("/referred", client, OTHER, both)).isEqualTo("401");
    }
  }

  /** Answers the referred Token Binding that the filter shows. */
  private static final class ReferredServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      Object referred = request.getAttribute(HoldfastAttributes.REFERRED_TOKEN_BINDING_ID);
      ReferredTokenBinding.include(response);
      response.setContentType("text/plain");
      response
          .getWriter()
          .print(
              response.containsHeader("Include-Referred-Token-Binding-ID")
                      && referred instanceof TokenBindingId id
                  ? id.tbh()
                  : "none");
    }
  }
}
