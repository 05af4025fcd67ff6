package dev.holdfast.internal.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.URI;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A request whose head is made once: target and {@code Host} come from the checked address alone,
 * and no field can hold a line's end.
 */
final class RequestTemplate {
  private static final String END = "\r\n";

  private final byte[] head;
  private final boolean takesBody;

  private RequestTemplate(String head, boolean takesBody) {
    this.head = head.getBytes(US_ASCII);
    this.takesBody = takesBody;
  }

  /** For what is read once in a while: no connection is kept for it. */
  static RequestTemplate get(URI uri) {
    return new RequestTemplate(start("GET", uri) + "Connection: close" + END + END, false);
  }

  /**
   * For a form.
   *
   * @param authorization the field's value, or null to send none
   */
  static RequestTemplate post(URI uri, @Nullable String authorization) {
    String head = start("POST", uri) + "Content-Type: application/x-www-form-urlencoded" + END;
    if (authorization != null) {
      head += "Authorization: " + visible(authorization) + END;
    }
    return new RequestTemplate(head + "Content-Length: ", true);
  }

  /** An address's characters beyond ASCII are percent-encoded; a fragment is not sent. */
  private static String start(String method, URI uri) {
    URI ascii = URI.create(uri.toASCIIString());
    String path = ascii.getRawPath();
    String query = ascii.getRawQuery();
    String target = (path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
    if (target.indexOf(' ') >= 0) {
      throw new IllegalArgumentException("a request target has no space");
    }
    return method
        + " "
        + visible(target)
        + " HTTP/1.1"
        + END
        + "Host: "
        + visible(Origin.of(ascii).hostField())
        + END
        + "User-Agent: Holdfast"
        + END
        + "Accept: application/json"
        + END
        + "Accept-Encoding: identity"
        + END;
  }

  private static String visible(String text) {
    if (text.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new IllegalArgumentException("a request head takes visible ASCII only");
    }
    return text;
  }

  /** The whole request, as it goes over the wire; a body is sent only where there is one. */
  byte[] with(byte[] body) {
    if (!takesBody) {
      return head;
    }
    byte[] length = (body.length + END + END).getBytes(US_ASCII);
    byte[] request = Arrays.copyOf(head, head.length + length.length + body.length);
    System.arraycopy(length, 0, request, head.length, length.length);
    System.arraycopy(body, 0, request, head.length + length.length, body.length);
    return request;
  }
}
