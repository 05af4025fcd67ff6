package dev.holdfast.examples.stolentoken;

import dev.holdfast.Refusal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An API that takes tokens.
 *
 * @param name for the table
 * @param part the program
 * @param port where it listens
 */
record Api(String name, Part part, int port) {

  private static final Pattern REFUSAL =
      Pattern.compile("refused: (?<name>[A-Z_]+)(?: \\(\"(?<detail>[^\"]*)\"\\))?");
  private static final Duration LOG_DEADLINE = Duration.ofSeconds(2);

  URI uri(String pathAndQuery) {
    return URI.create("https://localhost:" + port + pathAndQuery);
  }

  /**
   * Why it has refused a request, from its own log, because the answer does not say; but a
   * challenge without an error code says that no token was seen (RFC 6750 section 3.1).
   *
   * @param position of its output before the request was sent
   */
  String reason(Answer answer, int position) {
    List<String> challenges = answer.challenges();
    if (!challenges.isEmpty() && challenges.stream().noneMatch(text -> text.contains("error="))) {
      return Refusal.NO_CREDENTIALS.text();
    }
    return part.output()
        .await(position, Api::reasonIn, LOG_DEADLINE)
        .orElse("the log gives no reason");
  }

  private static Optional<String> reasonIn(String line) {
    Matcher matcher = REFUSAL.matcher(line);
    if (!matcher.find()) {
      return Optional.empty();
    }
    String detail = matcher.group("detail");
    return Optional.of(detail != null && !detail.isEmpty() ? detail : text(matcher.group("name")));
  }

  /** A mechanism's own refusal has its detail in the line. */
  private static String text(String name) {
    return Refusal.own().stream()
        .filter(refusal -> refusal.name().equals(name))
        .findFirst()
        .map(Refusal::text)
        .orElse(name);
  }
}
