package dev.holdfast.introspection;

import static dev.holdfast.introspection.Answers.endpoint;
import static dev.holdfast.introspection.Answers.settled;
import static dev.holdfast.introspection.Answers.token;
import static dev.holdfast.introspection.Answers.unavailable;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.Verification;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * C80 and C92 over a real connection: what tokens of strangers bring about, and what they do not.
 */
@Tag("whole")
class StrangersTokensTest {
  private static final Logger LOGGER = Logger.getLogger("dev.holdfast.introspection");
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          String line = new SimpleFormatter().formatMessage(record);
          if (line.contains(":" + server.getAddress().getPort())) {
            lines.add(line);
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
  private HttpServer server;
  private IntrospectingVerifier verifier;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
    LOGGER.setLevel(Level.ALL);
    LOGGER.addHandler(handler);
    String uri = "http://127.0.0.1:" + server.getAddress().getPort() + "/introspect";
    verifier =
        new IntrospectingVerifier(endpoint(uri, Duration.ofSeconds(20)), null, Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    LOGGER.removeHandler(handler);
    verifier.close();
    server.stop(0);
    threads.shutdownNow();
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, body.length());
      exchange.getResponseBody().write(body.getBytes(US_ASCII));
    }
  }

  private static String form(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), US_ASCII);
  }

  private void firewall(int status) {
    server.createContext(
        "/",
        exchange -> {
          String form = form(exchange);
          boolean odd = form.contains("passwd");
          boolean known = form.contains("token=rightful");
          answer(exchange, odd ? status : 200, odd ? "{}" : "{\"active\":" + known + "}");
        });
  }

  @Test
  void tokensThatAFirewallRefusesHarmTheirSenderAlone_C80() {
    firewall(403);
    for (int i = 0; i < 60; i++) {
      assertThat(unavailable(verifier.verify(token("/etc/passwd." + i)))).contains("status 403");
    }
    assertThat(settled(verifier.verify(token("rightful")))).isInstanceOf(Verification.Valid.class);
    assertThat(lines).as("no alarm for one's own credentials").isEmpty();
  }

  @Test
  void tokensThatMakeTheIssuerFailHarmTheirSenderAlone_C80() {
    firewall(500);
    for (int i = 0; i < 60; i++) {
      assertThat(unavailable(verifier.verify(token("/etc/passwd." + i)))).contains("status 500");
    }
    assertThat(settled(verifier.verify(token("rightful")))).isInstanceOf(Verification.Valid.class);
  }

  @Test
  void credentialsThatAreReallyWrongRingAtTheFirstCall_C80_T78() {
    server.createContext("/", exchange -> answer(exchange, 401, "{}"));
    assertThat(unavailable(verifier.verify(token("any")))).contains("status 401");
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).contains("refuses this service's own credentials with status 401");
    for (int i = 0; i < 50; i++) {
      unavailable(verifier.verify(token("any" + i)));
    }
    assertThat(lines).hasSize(1);
  }

  @Test
  void anEndpointThatCallsEveryTokenInactiveIsReportedOnce_C92() {
    server.createContext("/", exchange -> answer(exchange, 200, "{\"active\":false}"));
    for (int i = 0; i < 99; i++) {
      settled(verifier.verify(token("t" + i)));
    }
    assertThat(lines).isEmpty();
    for (int i = 99; i < 120; i++) {
      settled(verifier.verify(token("t" + i)));
    }
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0))
        .contains("/introspect", "first 100 tokens inactive", "may not introspect", "\"api\"");
  }

  @Test
  void oneActiveTokenShowsThatItMayAsk_C92() {
    firewall(500);
    settled(verifier.verify(token("rightful")));
    for (int i = 0; i < 120; i++) {
      settled(verifier.verify(token("stranger" + i)));
    }
    assertThat(lines).isEmpty();
  }
}
