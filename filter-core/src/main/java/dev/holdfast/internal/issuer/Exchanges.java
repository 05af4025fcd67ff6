package dev.holdfast.internal.issuer;

import dev.holdfast.internal.waiting.Deadline;
import java.io.IOException;

/** What carries requests to an issuer, and answers back. */
interface Exchanges extends AutoCloseable {
  /**
   * Asks, and is back before the deadline.
   *
   * @throws IOException when there is no answer
   */
  HttpAnswer exchange(Question question, Deadline deadline) throws IOException;

  /** Ends every exchange; from here on each one fails. */
  @Override
  void close();
}
