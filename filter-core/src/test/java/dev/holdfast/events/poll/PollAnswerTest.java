package dev.holdfast.events.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.events.message.RejectedEventException;
import dev.holdfast.internal.issuer.HttpAnswer;
import dev.holdfast.internal.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a poll says, and one strict reading of what it is answered with. */
class PollAnswerTest {

  private static PollAnswer read(String json) {
    return PollAnswer.of(
        new HttpAnswer(200, "application/json", json.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void setsAreReadInTheirOrder() {
    PollAnswer answer = read("{\"sets\":{\"b\":\"x.y.z\",\"a\":\"\"},\"moreAvailable\":true}");
    assertThat(answer.sets().keySet()).containsExactly("b", "a");
    assertThat(answer.moreAvailable()).isTrue();
    assertThat(read("{\"sets\":{}}")).isEqualTo(new PollAnswer(Map.of(), false));
    assertThat(read("{\"sets\":{},\"moreAvailable\":null,\"x\":1}").moreAvailable()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"sets\":null}",
        "{\"sets\":[]}",
        "{\"sets\":[\"x.y.z\"]}",
        "{\"sets\":{\"a\":null}}",
        "{\"sets\":{\"a\":1}}",
        "{\"sets\":{\"a\":\"x\",\"a\":\"y\"}}",
        "{\"sets\":{},\"sets\":{}}",
        "{\"sets\":{},\"moreAvailable\":\"true\"}",
        "{\"sets\":{},\"moreAvailable\":1}",
        "{\"sets\":{}}x"
      })
  void anythingElseIsAnOutage(String json) {
    assertThatExceptionOfType(IssuerUnavailableException.class).isThrownBy(() -> read(json));
  }

  @Test
  void anotherStatusOrMediaTypeIsAnOutage() {
    byte[] good = "{\"sets\":{}}".getBytes(StandardCharsets.UTF_8);
    for (HttpAnswer answer :
        List.of(
            new HttpAnswer(202, "application/json", good),
            new HttpAnswer(200, "text/html", good),
            new HttpAnswer(200, "", good))) {
      assertThatExceptionOfType(IssuerUnavailableException.class)
          .isThrownBy(() -> PollAnswer.of(answer));
    }
    assertThatExceptionOfType(IssuerUnavailableException.class)
        .isThrownBy(
            () ->
                PollAnswer.of(new HttpAnswer(429, "application/json", good, Duration.ofSeconds(7))))
        .matches(outage -> Duration.ofSeconds(7).equals(outage.retryAfter()));
  }

  @Property(tries = 300)
  void anyTextIsReadOrAnOutage(@ForAll String before, @ForAll String after) {
    for (String json : List.of(before, "{\"sets\":{\"" + before + "\":\"" + after + "\"}}")) {
      try {
        assertThat(read(json).sets()).hasSizeLessThanOrEqualTo(1);
      } catch (IssuerUnavailableException outage) {
        assertThat(outage.getMessage()).startsWith("the answer to the poll is malformed: ");
      }
    }
  }

  @Property(tries = 200)
  void whatIsToldOfEventsIsStrictJson(@ForAll List<String> done, @ForAll String wrong)
      throws Exception {
    PollRequest request = new PollRequest();
    done.forEach(id -> request.ack(wellFormed(id)));
    request.reject(
        wellFormed(wrong),
        new RejectedEventException(RejectedEventException.Reason.INVALID_KEY, "no key"));
    Map<String, Object> json = StrictJson.parseObject(request.body(50, false));
    assertThat(json).containsEntry("maxEvents", 50L).containsEntry("returnImmediately", false);
    if (done.isEmpty()) {
      assertThat(json).doesNotContainKey("ack");
    } else {
      assertThat(json).containsEntry("ack", done.stream().map(PollAnswerTest::wellFormed).toList());
    }
    assertThat(json)
        .containsEntry(
            "setErrs",
            Map.of(wellFormed(wrong), Map.of("err", "invalid_key", "description", "no key")));
  }

  private static String wellFormed(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
