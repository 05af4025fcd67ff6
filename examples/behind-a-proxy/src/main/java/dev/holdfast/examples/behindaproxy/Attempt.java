package dev.holdfast.examples.behindaproxy;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Something that somebody tries, in one or more requests of the same kind.
 *
 * @param caller who
 * @param action what
 * @param expectation what must come of each request
 * @param requests what sends them
 */
record Attempt(
    String caller, String action, Expectation expectation, List<Supplier<Answer>> requests) {

  /** What must come of a request. */
  enum Expectation {
    /** A success. */
    SERVED {
      @Override
      boolean isMetBy(Answer answer) {
        return answer.isServed();
      }
    },
    /** An answer that says no. */
    REFUSED {
      @Override
      boolean isMetBy(Answer answer) {
        return answer.isRefused();
      }
    },
    /** The proxy takes no such certificate: it says so, or ends the handshake. */
    KEPT_OUT {
      @Override
      boolean isMetBy(Answer answer) {
        return answer.isRefused() || answer.isShutOut();
      }
    };

    /** Whether this is such an answer. */
    abstract boolean isMetBy(Answer answer);
  }

  Attempt {
    requests = List.copyOf(requests);
  }

  static Attempt served(String caller, String action, Supplier<Answer> request) {
    return new Attempt(caller, action, Expectation.SERVED, List.of(request));
  }

  static Attempt refused(String caller, String action, Supplier<Answer> request) {
    return new Attempt(caller, action, Expectation.REFUSED, List.of(request));
  }

  static Attempt keptOut(String caller, String action, Supplier<Answer> request) {
    return new Attempt(caller, action, Expectation.KEPT_OUT, List.of(request));
  }

  static Attempt allRefused(String caller, String action, List<Supplier<Answer>> requests) {
    return new Attempt(caller, action, Expectation.REFUSED, requests);
  }

  Outcome make() {
    return new Outcome(this, requests.stream().map(Supplier::get).toList());
  }

  /**
   * What came of it.
   *
   * @param attempt what was tried
   * @param answers one for each request
   */
  record Outcome(Attempt attempt, List<Answer> answers) {

    boolean isAsExpected() {
      return !answers.isEmpty() && answers.stream().allMatch(attempt.expectation()::isMetBy);
    }

    /** Such as {@code 6 × 401}. */
    String summary() {
      return answers.stream()
          .collect(Collectors.groupingBy(Answer::summary, Collectors.counting()))
          .entrySet()
          .stream()
          .map(one -> one.getValue() == 1 ? one.getKey() : one.getValue() + " × " + one.getKey())
          .sorted()
          .collect(Collectors.joining(", "));
    }
  }
}
