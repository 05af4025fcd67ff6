package dev.holdfast.examples.servletapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.testing.Identity;
import dev.holdfast.testing.TestIssuer;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.TokenBindingKey;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** Token Binding with keys that the configuration fixes. */
@Tag("verify")
class TokenBindingTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final TokenBindingKey KEY = TokenBindingKey.generate(TokenBindingKey.ECDSAP256);

  @TempDir private Path directory;

  private Map<String, String> settings(String issuer) {
    Identity server = PKI.serverCertificate();
    return Map.of(
        "server.port",
        "0",
        "server.address",
        "127.0.0.1",
        "server.ssl.certificate",
        server.writeCertificateChain(directory.resolve("server.pem")).toString(),
        "server.ssl.certificate-private-key",
        server.writePrivateKey(directory.resolve("server.key")).toString(),
        "holdfast.tokens.issuers[0].issuer",
        issuer,
        "holdfast.tokens.issuers[0].audiences",
        "https://api.example",
        "holdfast.tokens.issuers[0].trusted-certificates",
        PKI.writeTrustedCertificates(directory.resolve("trusted.pem")).toString(),
        "holdfast.token-binding.source",
        "tls",
        "holdfast.token-binding.negotiation",
        "configured",
        "holdfast.token-binding.key-parameters",
        "ecdsap256");
  }

  @Test
  @EnabledForJreRange(
      min = JRE.JAVA_25,
      disabledReason = "JDK 25 is the first whose TLS exports keying material")
  void aMessageCountsOnItsOwnConnectionOnly_T71() throws Exception {
    try (TestIssuer issuer = TestIssuer.start(PKI);
        ApiServer server = ApiServer.start(settings(issuer.issuer()));
        SSLSocket rightful = connect(server);
        SSLSocket thief = connect(server)) {
      Map<String, Object> claims = issuer.claims(null);
      claims.put("cnf", Map.of("tbh", KEY.tbh()));
      String token = issuer.jwt(claims);
      String message = KEY.header(ekm(rightful));

      assertThat(status(rightful, token, message)).isEqualTo("200");
      assertThat(status(thief, token, message)).isEqualTo("401");
    }
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_24, disabledReason = "this JDK exports")
  void beforeJdk25TheStartStopsAndSaysSo_T101() {
    assertThatThrownBy(() -> ApiServer.start(settings("https://login.example")))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("JDK 25");
  }

  private static SSLSocket connect(ApiServer server) throws Exception {
    SSLSocket socket =
        (SSLSocket)
            PKI.sslContext().getSocketFactory().createSocket("127.0.0.1", server.uri().getPort());
    socket.startHandshake();
    return socket;
  }

  private static byte[] ekm(SSLSocket socket) throws Exception {
    try {
      return (byte[])
          MethodHandles.publicLookup()
              .findVirtual(
                  ExtendedSSLSession.class,
                  "exportKeyingMaterialData",
                  MethodType.methodType(byte[].class, String.class, byte[].class, int.class))
              .invoke((ExtendedSSLSession) socket.getSession(), "EXPORTER-Token-Binding", null, 32);
    } catch (Exception e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static String status(SSLSocket socket, String token, String message) throws Exception {
    String request =
        "GET /me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
            + token
            + "\r\nSec-Token-Binding: "
            + message
            + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    return answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
  }
}
