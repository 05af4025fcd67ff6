package dev.holdfast.internal.issuer;

import static dev.holdfast.internal.issuer.connection.Replies.OK;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** HttpClient can log all that goes over the wire. What Holdfast sends must not be among it. */
class QuietLogTest {
  @AfterEach
  void stop() {
    RecordedLog.stop();
  }

  @Test
  void noTokenNoCredentialAndNoAnswerIsLoggedHoweverMuchIsLogged() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.answering(
            OK + "X-Claims: of-the-answer\r\nContent-Length: 20\r\n\r\n{\"sub\":\"somebody\"}  ")) {
      List<String> log = RecordedLog.start();
      IssuerCall call =
          IssuerHttp.of(null, Calls.LONG, 100).post(server.uri(), "Basic b2Ytc2VydmljZQ==");
      byte[] form = "token=of-the-caller&client_secret=of-the-service".getBytes(US_ASCII);
      for (int i = 0; i < 2; i++) { // on a new connection, and on a kept one
        assertThat(call.send(form).get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
      }
      assertThat(log)
          .as("it is recorded at all")
          .anyMatch(line -> line.startsWith("DEBUG org.apache"));
      assertThat(log)
          .noneMatch(
              line ->
                  line.contains("of-the")
                      || line.contains("b2Y")
                      || line.contains("somebody")
                      || line.contains("Basic"));
    }
  }

  @Test
  void aFailureLogsNothingOfItEither() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(
            exchange -> {
              exchange.readRequest();
              exchange.write("HTTP/1.1 200 OK\r\nof-the-answer\r\n\r\n");
            })) {
      List<String> log = RecordedLog.start();
      Calls.unavailable(Calls.post(server.uri()), "token=of-the-caller".getBytes(US_ASCII));
      assertThat(log).noneMatch(line -> line.contains("of-the") || line.contains("c2VjcmV0"));
    }
  }
}
