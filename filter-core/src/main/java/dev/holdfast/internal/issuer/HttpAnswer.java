package dev.holdfast.internal.issuer;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer, within the limit.
 *
 * @param status the HTTP status
 * @param mediaType the media type in lower case without parameters, or empty
 * @param body the body's bytes; the array is not shared
 * @param retryAfter for how long it asks to be left alone, a minute at most; null when it does not
 */
@SuppressWarnings("ArrayRecordComponent") // internal, read once, never compared
public record HttpAnswer(int status, String mediaType, byte[] body, @Nullable Duration retryAfter) {

  /** One that does not ask to be left alone. */
  public HttpAnswer(int status, String mediaType, byte[] body) {
    this(status, mediaType, body, null);
  }

  /** What the response says, read to its end. */
  public static HttpAnswer of(ClassicHttpResponse response) throws IOException {
    Header type = response.getFirstHeader(HttpHeaders.CONTENT_TYPE);
    HttpEntity entity = response.getEntity();
    return new HttpAnswer(
        response.getCode(),
        type == null ? "" : mediaTypeOf(type.getValue()),
        entity == null ? new byte[0] : entity.getContent().readAllBytes(),
        response.countHeaders(HttpHeaders.RETRY_AFTER) == 1
            ? retryAfterOf(response.getFirstHeader(HttpHeaders.RETRY_AFTER).getValue())
            : null);
  }

  static @Nullable Duration retryAfterOf(String value) {
    return RetryAfter.read(value, Instant.now());
  }

  static String mediaTypeOf(String contentType) {
    int semicolon = contentType.indexOf(';');
    return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
        .trim()
        .toLowerCase(Locale.ROOT);
  }
}
