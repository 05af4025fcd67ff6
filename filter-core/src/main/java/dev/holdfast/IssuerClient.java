package dev.holdfast;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Makes the HTTP requests to issuers in place of Holdfast's own client: where an application has a
 * client of its own that must be used, with its proxies, its client certificates or its tracing.
 *
 * <p>These stay Holdfast's affair: which addresses are asked, how many requests are under way, when
 * an answer is too late or too long, and what an answer means. These become the client's: TLS and
 * whom to trust, proxies, the reading of HTTP, and kept connections. It must follow no redirect and
 * repeat no request, and it must not keep cookies.
 *
 * <p>Each request has a thread of its own, which is interrupted at the deadline. A client that does
 * not end then by itself keeps that thread, so set its timeouts. Implementations are thread-safe.
 */
@FunctionalInterface
public interface IssuerClient {
  /**
   * Makes one request.
   *
   * @return the answer, whatever its status; Holdfast reads the body and closes it
   * @throws IOException when there is no answer: the issuer counts as unavailable, as it does when
   *     the client throws something unchecked
   */
  Response exchange(Request request) throws IOException;

  /**
   * A request.
   *
   * @param method {@code GET} or {@code POST}
   * @param uri the address
   * @param fields all fields of the head that must be sent, by name; with credentials
   * @param form the body: an encoded form in ASCII, with the token; empty for {@code GET}
   * @param timeout how long Holdfast waits for the whole answer
   */
  record Request(
      String method, URI uri, Map<String, String> fields, String form, Duration timeout) {
    /** Copies the fields. */
    public Request {
      fields = Map.copyOf(fields);
    }

    /** Shows neither token nor credential. */
    @Override
    public String toString() {
      return "Request[" + method + " " + uri + "]";
    }
  }

  /**
   * An answer.
   *
   * @param status the HTTP status
   * @param contentType the field {@code Content-Type}, or empty where there is none
   * @param body the body as it is after any content coding; closing it ends the exchange
   * @param retryAfter the field {@code Retry-After}, or empty where there is none
   */
  record Response(int status, String contentType, InputStream body, String retryAfter) {
    /** Without {@code Retry-After}. */
    public Response(int status, String contentType, InputStream body) {
      this(status, contentType, body, "");
    }
  }
}
