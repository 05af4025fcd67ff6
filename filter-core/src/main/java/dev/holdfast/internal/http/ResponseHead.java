package dev.holdfast.internal.http;

import java.io.IOException;
import java.util.Locale;

/** An answer's status line and fields (RFC 9112 sections 4 and 5), as far as they matter here. */
final class ResponseHead {
  private static final int MAX_FIELDS = 100;
  private static final int STATUS_LINE = "HTTP/1.1 200 ".length();
  private static final int STATUS_AT = "HTTP/1.1 ".length();
  private static final int MAX_LENGTH_DIGITS = 18;
  private static final int MAX_SECONDS_DIGITS = 6;

  private final int status;
  private final boolean reusableVersion;
  private long contentLength = -1;
  private boolean chunked;
  private boolean close;
  private boolean typed;
  private String mediaType = "";
  private int keepAliveSeconds = Integer.MAX_VALUE;

  private ResponseHead(int status, boolean reusableVersion) {
    this.status = status;
    this.reusableVersion = reusableVersion;
  }

  /** Reads one head, an interim one or the last. */
  static ResponseHead read(HeadLines lines) throws IOException {
    ResponseHead head = ofStatusLine(lines.next());
    head.readFields(lines);
    return head;
  }

  private static ResponseHead ofStatusLine(String line) throws IOException {
    boolean wellFormed =
        line.length() >= STATUS_LINE
            && (line.startsWith("HTTP/1.1 ") || line.startsWith("HTTP/1.0 "))
            && line.charAt(STATUS_AT) >= '1'
            && line.charAt(STATUS_AT) <= '9'
            && isDigit(line.charAt(STATUS_AT + 1))
            && isDigit(line.charAt(STATUS_AT + 2))
            && line.charAt(STATUS_LINE - 1) == ' ';
    if (!wellFormed) {
      throw new MalformedAnswerException("the answer's status line is malformed");
    }
    int status = Integer.parseInt(line.substring(STATUS_AT, STATUS_LINE - 1));
    return new ResponseHead(status, line.startsWith("HTTP/1.1"));
  }

  private void readFields(HeadLines lines) throws IOException {
    FieldLine field = FieldLine.read(lines);
    for (int count = 1; field != null; count++) {
      if (count > MAX_FIELDS) {
        throw new MalformedAnswerException("the answer has more than " + MAX_FIELDS + " fields");
      }
      take(field);
      field = FieldLine.read(lines);
    }
    if (chunked && contentLength >= 0) {
      throw new MalformedAnswerException(
          "the answer has both a transfer coding and a content length");
    }
    if (chunked && !reusableVersion) {
      throw new MalformedAnswerException("an HTTP/1.0 answer has no transfer coding");
    }
  }

  private void take(FieldLine field) throws IOException {
    String value = field.value();
    switch (field.name().toLowerCase(Locale.ROOT)) {
      case "content-length" -> takeLength(value);
      case "transfer-encoding" -> takeTransferCoding(value);
      case "content-encoding" -> {
        if (!value.equalsIgnoreCase("identity")) {
          throw new MalformedAnswerException(
              "the answer has a content coding, and none was asked for");
        }
      }
      case "content-type" -> {
        if (typed) {
          throw new MalformedAnswerException("the answer has two content types");
        }
        typed = true;
        mediaType = HttpAnswer.mediaTypeOf(value);
      }
      case "connection" -> close |= lists(value, "close");
      case "keep-alive" -> takeKeepAlive(value);
      default -> {
        // of no interest here, and well-formed
      }
    }
  }

  private void takeLength(String value) throws IOException {
    if (contentLength >= 0) {
      throw new MalformedAnswerException("the answer has two content lengths");
    }
    if (!isNumber(value, MAX_LENGTH_DIGITS)) {
      throw new MalformedAnswerException("the answer's content length is malformed");
    }
    contentLength = Long.parseLong(value);
  }

  private void takeTransferCoding(String value) throws IOException {
    if (chunked || !value.equalsIgnoreCase("chunked")) {
      throw new MalformedAnswerException("the answer's transfer coding is not chunked alone");
    }
    chunked = true;
  }

  /** A hint, so that what is not understood is passed over. */
  private void takeKeepAlive(String value) {
    for (String part : value.split(",", -1)) {
      String text = part.trim();
      String seconds = text.startsWith("timeout=") ? text.substring("timeout=".length()) : "";
      if (isNumber(seconds, MAX_SECONDS_DIGITS)) {
        keepAliveSeconds = Integer.parseInt(seconds);
      }
    }
  }

  private static boolean lists(String value, String option) {
    for (String part : value.split(",", -1)) {
      if (part.trim().equalsIgnoreCase(option)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNumber(String text, int maxDigits) {
    return !text.isEmpty()
        && text.length() <= maxDigits
        && text.chars().allMatch(c -> isDigit((char) c));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  int status() {
    return status;
  }

  /** In lower case without parameters, or empty. */
  String mediaType() {
    return mediaType;
  }

  /** In bytes, or -1 when the head does not say. */
  long contentLength() {
    return contentLength;
  }

  boolean isChunked() {
    return chunked;
  }

  /** Whether another request may follow on the connection, once the body has been read. */
  boolean isPersistent() {
    return reusableVersion && !close;
  }

  /** How long the server keeps an idle connection, as far as it says. */
  int keepAliveSeconds() {
    return keepAliveSeconds;
  }
}
