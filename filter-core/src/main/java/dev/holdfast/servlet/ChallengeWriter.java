package dev.holdfast.servlet;

import dev.holdfast.http.challenge.Challenge;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;

/** Writes a {@link Challenge} as a servlet's response. */
public final class ChallengeWriter {
  private ChallengeWriter() {}

  /**
   * Writes it: headers, then the status, and nothing else. {@code sendError} is not called, so that
   * no error page of the application answers for a request that may not reach it. A response that
   * is committed, or that belongs to an including resource, takes no status any more and is left
   * alone.
   */
  public static void write(Challenge challenge, HttpServletResponse response) {
    if (!response.isCommitted()) {
      writeHead(challenge, response);
      response.setContentLength(0);
    }
  }

  /** The same without the length, so that a body may follow. */
  public static void writeHead(Challenge challenge, HttpServletResponse response) {
    if (response.isCommitted()) {
      return;
    }
    response.resetBuffer();
    challenge.headers().forEach(response::setHeader);
    List<String> authenticate = challenge.authenticate();
    for (int i = 0; i < authenticate.size(); i++) {
      if (i == 0) {
        response.setHeader("WWW-Authenticate", authenticate.get(i));
      } else {
        response.addHeader("WWW-Authenticate", authenticate.get(i));
      }
    }
    response.setStatus(challenge.status());
  }
}
