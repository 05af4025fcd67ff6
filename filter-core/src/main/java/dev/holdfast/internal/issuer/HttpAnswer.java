package dev.holdfast.internal.issuer;

import java.io.IOException;
import java.util.Locale;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;

/**
 * A whole answer, within the limit.
 *
 * @param status the HTTP status
 * @param mediaType the media type in lower case without parameters, or empty
 * @param body the body's bytes; the array is not shared
 */
@SuppressWarnings("ArrayRecordComponent") // internal, read once, never compared
public record HttpAnswer(int status, String mediaType, byte[] body) {
  /** What the response says, read to its end. */
  public static HttpAnswer of(ClassicHttpResponse response) throws IOException {
    Header type = response.getFirstHeader(HttpHeaders.CONTENT_TYPE);
    HttpEntity entity = response.getEntity();
    return new HttpAnswer(
        response.getCode(),
        type == null ? "" : mediaTypeOf(type.getValue()),
        entity == null ? new byte[0] : entity.getContent().readAllBytes());
  }

  static String mediaTypeOf(String contentType) {
    int semicolon = contentType.indexOf(';');
    return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
        .trim()
        .toLowerCase(Locale.ROOT);
  }
}
