package dev.holdfast.internal.issuer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The final status line of an answer and its fields (RFC 9112 sections 4 and 5), as far as they
 * matter here. Interim answers are passed over (RFC 9110 section 15.2).
 */
final class AnswerHead {
  private static final int MAX_INTERIM = 8;
  private static final int MAX_FIELDS = 100;
  private static final int FIRST_FINAL = 200;
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int STATUS_AT = "HTTP/1.1 ".length();
  private static final Pattern STATUS_LINE = Pattern.compile("(?s)HTTP/1\\.[01] [1-9][0-9]{2} .*");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
  private static final Pattern SECONDS = Pattern.compile("timeout=([0-9]{1,6})");

  final int status;
  private final boolean reusableVersion;

  /** In bytes, or -1 when the head does not say. */
  long contentLength = -1;

  boolean chunked;

  /** In lower case without parameters, or empty. */
  String mediaType = "";

  /** How long the server keeps an idle connection, as far as it says. */
  int keepAliveSeconds = Integer.MAX_VALUE;

  /** What a proxy asks for (RFC 9110 section 11.7.1). */
  final List<String> proxyChallenges = new ArrayList<>(0);

  private boolean close;
  private boolean typed;

  private AnswerHead(int status, boolean reusableVersion) {
    this.status = status;
    this.reusableVersion = reusableVersion;
  }

  static AnswerHead read(AnswerLines lines) throws IOException {
    for (int i = 0; i <= MAX_INTERIM; i++) {
      AnswerHead head = readOne(lines);
      if (head.status >= FIRST_FINAL) {
        return head;
      }
      if (head.status == SWITCHING_PROTOCOLS) {
        throw new MalformedAnswerException("the answer switches protocols");
      }
    }
    throw new MalformedAnswerException("more than " + MAX_INTERIM + " interim answers");
  }

  private static AnswerHead readOne(AnswerLines lines) throws IOException {
    String line = lines.next();
    if (!STATUS_LINE.matcher(line).matches()) {
      throw new MalformedAnswerException("the answer's status line is malformed");
    }
    int status = Integer.parseInt(line.substring(STATUS_AT, STATUS_AT + 3));
    AnswerHead head = new AnswerHead(status, line.startsWith("HTTP/1.1"));
    AnswerLines.Field field = lines.field();
    for (int count = 1; field != null; count++) {
      if (count > MAX_FIELDS) {
        throw new MalformedAnswerException("the answer has more than " + MAX_FIELDS + " fields");
      }
      head.take(field.name().toLowerCase(Locale.ROOT), field.value());
      field = lines.field();
    }
    head.requireOneLength();
    return head;
  }

  private void requireOneLength() throws IOException {
    if (chunked && contentLength >= 0) {
      throw new MalformedAnswerException(
          "the answer has both a transfer coding and a content length");
    }
    if (chunked && !reusableVersion) {
      throw new MalformedAnswerException("an HTTP/1.0 answer has no transfer coding");
    }
  }

  private void take(String name, String value) throws IOException {
    switch (name) {
      case "content-length" -> takeLength(value);
      case "transfer-encoding" -> {
        if (chunked || !value.equalsIgnoreCase("chunked")) {
          throw new MalformedAnswerException("the answer's transfer coding is not chunked alone");
        }
        chunked = true;
      }
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
      case "connection" -> close |= members(value).contains("close");
      case "keep-alive" ->
          members(value).stream()
              .map(SECONDS::matcher)
              .filter(Matcher::matches) // a hint: anything else is passed over
              .forEach(seconds -> keepAliveSeconds = Integer.parseInt(seconds.group(1)));
      case "proxy-authenticate" -> proxyChallenges.add(value);
      default -> {
        // of no interest here, and well-formed
      }
    }
  }

  /** Two that agree are lawful (RFC 9112 section 6.3). */
  private void takeLength(String value) throws IOException {
    if (!LENGTH.matcher(value).matches()) {
      throw new MalformedAnswerException("the answer's content length is malformed");
    }
    long length = Long.parseLong(value);
    if (contentLength >= 0 && contentLength != length) {
      throw new MalformedAnswerException("the answer has two content lengths");
    }
    contentLength = length;
  }

  private static List<String> members(String list) {
    List<String> members = new ArrayList<>();
    for (String member : list.split(",", -1)) {
      members.add(member.trim().toLowerCase(Locale.ROOT));
    }
    return members;
  }

  /** Whether another request may follow on the connection, once the body has been read. */
  boolean isPersistent() {
    return reusableVersion && !close && !isBodiless() && (chunked || contentLength >= 0);
  }

  boolean isBodiless() {
    return status == 204 || status == 304;
  }
}
