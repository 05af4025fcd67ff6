package dev.holdfast.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.ThrowAwayPki;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** What a TLS 1.2 session is resumed for, and what it is not. */
class ResumptionTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();

  private final SSLContext client = PKI.sslContext();
  private final SSLContext server = server();

  private static SSLContext server() {
    try {
      return Pair.server(PKI);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Pair pair() {
    return Pair.of(client, server, "TLSv1.2", 1 << 20, 1 << 15);
  }

  private static byte[] id(Pair pair) {
    assertThat(pair.server.failure).isNull();
    assertThat(pair.server.finished).hasSize(1);
    return pair.server.engine.getSession().getId();
  }

  @Test
  void aCipherSuiteThatIsNoLongerEnabledIsNotResumed() throws Exception {
    Pair first = pair().talk();
    String before = first.server.engine.getSession().getCipherSuite();
    Pair second = pair();
    second.server.engine.setEnabledCipherSuites(
        List.of(second.server.engine.getEnabledCipherSuites()).stream()
            .filter(suite -> !suite.equals(before))
            .toArray(String[]::new));
    second.talk();
    assertThat(id(second)).isNotEqualTo(id(first));
    assertThat(second.server.engine.getSession().getCipherSuite()).isNotEqualTo(before);
  }
}
