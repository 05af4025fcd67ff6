package dev.holdfast.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.testing.ThrowAwayPki;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The view of a session says what the session says; what was exported is its own. */
class CapturedSessionTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final SSLEngine SERVER = handshake();
  private static final SSLSession SESSION = SERVER.getSession();
  private static final CapturedSession VIEW = new CapturedSession(SERVER);

  private static SSLEngine handshake() {
    try {
      SSLContext client = PKI.sslContext(PKI.clientCertificate("CN=client"));
      Connection connection =
          Connection.open(client, PKI.sslContext(PKI.serverCertificate()), "TLSv1.2");
      connection.server.engine.setNeedClientAuth(true);
      return connection.talk().server.engine;
    } catch (SSLException e) {
      throw new IllegalStateException(e);
    }
  }

  static Stream<Method> questions() {
    return Stream.of(SSLSession.class, ExtendedSSLSession.class)
        .flatMap(type -> Stream.of(type.getDeclaredMethods()))
        .filter(method -> method.getParameterCount() == 0)
        .filter(method -> method.getReturnType() != void.class)
        .filter(method -> !method.getName().startsWith("export"))
        .filter(method -> !method.isAnnotationPresent(Deprecated.class));
  }

  @ParameterizedTest
  @MethodSource("questions")
  void itAnswersAsTheSessionDoes(Method question) throws Exception {
    Object said = question.invoke(SESSION);

    assertThat(question.invoke(VIEW)).usingRecursiveComparison().isEqualTo(said);
  }

  @Test
  void itIsTheSessionOfAHandshakeWithACertificate() throws SSLPeerUnverifiedException {
    assertThat(VIEW.getPeerPrincipal().getName()).isEqualTo("CN=client");
    assertThat(VIEW.getProtocol()).isEqualTo("TLSv1.2");
    assertThat(VIEW).hasToString(SESSION.toString());
  }

  @Test
  void valuesAreTheSessions() {
    VIEW.putValue("name", "value");
    assertThat(SESSION.getValue("name")).isEqualTo("value");
    assertThat(VIEW.getValue("name")).isEqualTo("value");
    assertThat(VIEW.getValueNames()).contains("name");
    VIEW.removeValue("name");
    assertThat(SESSION.getValue("name")).isNull();
  }

  @Test
  void whatWasExportedIsTheViewsOwnAndNeverShared() {
    CapturedSession one = new CapturedSession(SERVER);
    byte[] exported = new byte[32];
    one.keep(exported);

    byte[] given = one.keyingMaterial();
    assertThat(given).isEqualTo(exported).isNotSameAs(exported);
    given[0] = 1;
    assertThat(one.keyingMaterial()).isEqualTo(new byte[32]);
    assertThat(new CapturedSession(SERVER).keyingMaterial()).isNull();
  }

  @Test
  void beforeAHandshakeThereIsNobodyAndNothing() throws Exception {
    CapturedSession view = new CapturedSession(PKI.sslContext().createSSLEngine());

    assertThat(view.getProtocol()).isEqualTo("NONE");
    assertThatThrownBy(view::getPeerCertificates).isInstanceOf(SSLPeerUnverifiedException.class);
    assertThat(view.keyingMaterial()).isNull();
  }

  @Test
  void invalidatingEndsTheSession() {
    SSLEngine other = handshake();
    SSLSession session = other.getSession();
    assertThat(List.of(session.isValid(), new CapturedSession(other).isValid())).containsOnly(true);
    new CapturedSession(other).invalidate();
    assertThat(session.isValid()).isFalse();
  }
}
