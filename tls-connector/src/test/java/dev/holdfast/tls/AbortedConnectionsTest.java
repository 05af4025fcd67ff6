package dev.holdfast.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.TokenBindingClient;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clients that are gone at any stage, with a reset; nothing of their connections can be reached.
 */
@Tag("whole")
class AbortedConnectionsTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final int EACH = 6;

  /** How far a client comes. */
  enum Stage {
    CONNECTED {
      @Override
      void reach(RawClient client) {}
    },
    CLIENT_HELLO {
      @Override
      void reach(RawClient client) throws IOException {
        client.speak();
      }
    },
    SERVERS_FLIGHT {
      @Override
      void reach(RawClient client) throws IOException {
        client.speak().listen();
      }
    },
    HANDSHAKE {
      @Override
      void reach(RawClient client) throws IOException {
        client.shakeHands();
      }
    },
    PART_OF_A_RECORD {
      @Override
      void reach(RawClient client) throws IOException {
        client.shakeHands().say(HEAD + "\r\n", 5);
      }
    },
    PART_OF_A_BODY {
      @Override
      void reach(RawClient client) throws IOException {
        client.shakeHands().say(HEAD + "Content-Length: 1000\r\n\r\nabc", 0);
      }
    },
    PART_OF_AN_ANSWER {
      @Override
      void reach(RawClient client) throws IOException {
        client.shakeHands().say(HEAD + "Content-Length: 0\r\n\r\n", 0).hear();
      }
    };

    private static final String HEAD = "POST /large HTTP/1.1\r\nHost: localhost\r\n";

    abstract void reach(RawClient client) throws IOException;
  }

  static Stream<Arguments> situations() {
    return Stream.of(Container.values())
        .flatMap(container -> Stream.of("TLSv1.2", "TLSv1.3").map(v -> Arguments.of(container, v)));
  }

  static ServletContainerInitializer application() {
    return (classes, context) -> {
      context.addServlet("large", new Large()).addMapping("/large");
      context.addServlet("export", new ExportServlet()).addMapping("/ekm");
    };
  }

  @ParameterizedTest
  @MethodSource("situations")
  void whoIsGoneLeavesNothing(Container container, String version) throws Exception {
    TokenBindingClient client =
        TokenBindingClient.trusting(PKI.certificate())
            .withIdentity(PKI.clientCertificate("CN=gone"))
            .offering(2)
            .withVersion(version);
    Leftovers leftovers = new Leftovers();
    try (Served server = container.start(PKI, application(), TlsLayer.NEGOTIATING)) {
      for (Stage stage : Stage.values()) {
        for (int i = 0; i < EACH; i++) {
          try (RawClient gone = new RawClient(client, server.port())) {
            stage.reach(gone);
          }
        }
      }
      assertThat(leftovers.whenAllIsDone()).isEmpty();
    }
  }

  /** Reads what comes and answers with more than any buffer takes. */
  private static final class Large extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      request.getInputStream().readAllBytes();
      byte[] part = new byte[1 << 16];
      for (int i = 0; i < 256; i++) {
        response.getOutputStream().write(part);
      }
    }
  }
}
