package dev.holdfast.internal.issuer;

import java.util.Locale;

/**
 * A whole answer, within the limit.
 *
 * @param status the HTTP status
 * @param mediaType the media type in lower case without parameters, or empty
 * @param body the body's bytes; the array is not shared
 */
@SuppressWarnings("ArrayRecordComponent") // internal, read once, never compared
public record HttpAnswer(int status, String mediaType, byte[] body) {
  static String mediaTypeOf(String contentType) {
    int semicolon = contentType.indexOf(';');
    return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
        .trim()
        .toLowerCase(Locale.ROOT);
  }
}
