package dev.holdfast.events.poll;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.internal.issuer.HttpAnswer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a transmitter answers: it is read, or it is an outage. */
class PollAnswerFuzzTest {
  static byte[][] answers() {
    return Stream.of("{'sets':{'a':'x.y.z'},'moreAvailable':true}", "{'sets':{}}", "{'sets':[1]}")
        .map(text -> text.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
        .toArray(byte[][]::new);
  }

  @MethodSource("answers")
  @FuzzTest
  void anyAnswerIsReadOrAnOutage(byte[] body) {
    try {
      PollAnswer answer = PollAnswer.of(new HttpAnswer(200, "application/json", body));
      PollRequest request = new PollRequest();
      answer.sets().keySet().forEach(request::ack);
      if (answer.sets().containsValue(null) || request.body(1, true).length == 0) {
        throw new AssertionError();
      }
    } catch (IssuerUnavailableException outage) {
      if (!outage.getMessage().startsWith("the answer to the poll is malformed: ")) {
        throw outage;
      }
    }
  }
}
