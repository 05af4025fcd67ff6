package dev.holdfast.internal.issuer.connection;

import java.util.regex.Pattern;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpVersion;

/**
 * What the fields of an answer may say about its body (RFC 9112 section 6). What two readers could
 * understand differently is refused, since the next answer on the connection may be about another
 * token.
 */
final class AnswerHead {
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

  private AnswerHead() {}

  static void check(HttpResponse answer, long maxBodyBytes) throws MalformedAnswerException {
    boolean chunked = isChunked(answer);
    long length = contentLength(answer);
    if (chunked && length >= 0) {
      throw new MalformedAnswerException(
          "the answer has both a transfer coding and a content length");
    }
    if (chunked && !HttpVersion.HTTP_1_1.equals(answer.getVersion())) {
      throw new MalformedAnswerException("an HTTP/1.0 answer has no transfer coding");
    }
    for (Header coding : answer.getHeaders(HttpHeaders.CONTENT_ENCODING)) {
      if (!coding.getValue().equalsIgnoreCase("identity")) {
        throw new MalformedAnswerException(
            "the answer has a content coding, and none was asked for");
      }
    }
    if (answer.countHeaders(HttpHeaders.CONTENT_TYPE) > 1) {
      throw new MalformedAnswerException("the answer has two content types");
    }
    if (length > maxBodyBytes && mayHaveBody(answer)) {
      throw MalformedAnswerException.tooLong(maxBodyBytes);
    }
  }

  static boolean mayHaveBody(HttpResponse answer) {
    return answer.getCode() != 204 && answer.getCode() != 304;
  }

  private static boolean isChunked(HttpResponse answer) throws MalformedAnswerException {
    Header[] codings = answer.getHeaders(HttpHeaders.TRANSFER_ENCODING);
    if (codings.length > 1
        || (codings.length == 1 && !codings[0].getValue().equalsIgnoreCase("chunked"))) {
      throw new MalformedAnswerException("the answer's transfer coding is not chunked alone");
    }
    return codings.length == 1;
  }

  /** Two that agree are lawful (RFC 9112 section 6.3); HttpCore is left one. */
  private static long contentLength(HttpResponse answer) throws MalformedAnswerException {
    long length = -1;
    for (Header field : answer.getHeaders(HttpHeaders.CONTENT_LENGTH)) {
      if (!LENGTH.matcher(field.getValue()).matches()) {
        throw new MalformedAnswerException("the answer's content length is malformed");
      }
      long said = Long.parseLong(field.getValue());
      if (length >= 0 && length != said) {
        throw new MalformedAnswerException("the answer has two content lengths");
      }
      length = said;
    }
    if (length >= 0) {
      answer.removeHeaders(HttpHeaders.CONTENT_LENGTH);
      answer.addHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(length));
    }
    return length;
  }
}
