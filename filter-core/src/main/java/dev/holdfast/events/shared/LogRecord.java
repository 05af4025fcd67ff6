package dev.holdfast.events.shared;

import dev.holdfast.Sha256Digest;
import dev.holdfast.events.DigestedMark;
import dev.holdfast.events.TokenMark.Kind;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands in one entry of the shared log: {@code mark KIND MILLIS DIGEST ISSUER}, or {@code
 * line MILLIS ISSUER} for everything of an issuer up to a moment. The issuer is
 * application/x-www-form-urlencoded; empty in a line: every issuer.
 *
 * @param mark null in a line
 * @param issuer the issuer of the mark or line
 * @param upTo milliseconds since 1970
 */
record LogRecord(@Nullable DigestedMark mark, String issuer, long upTo) {
  private static final Pattern TEXT =
      Pattern.compile(
          "(?:mark (?<kind>[A-Z_]{1,40}) |line )(?<millis>-?[0-9]{1,17})"
              + "(?: (?<digest>[A-Za-z0-9_-]{43}))? (?<issuer>[A-Za-z0-9.*_+%-]*)");

  static LogRecord of(DigestedMark mark, long upTo) {
    return new LogRecord(mark, mark.issuer(), upTo);
  }

  static LogRecord line(String issuer, long upTo) {
    return new LogRecord(null, issuer, upTo);
  }

  /** As it stands in the log: ASCII. */
  String text() {
    String name = URLEncoder.encode(issuer, StandardCharsets.UTF_8);
    return mark == null
        ? "line " + upTo + ' ' + name
        : "mark " + mark.kind() + ' ' + upTo + ' ' + mark.digest().toBase64Url() + ' ' + name;
  }

  /**
   * Reads an entry. One that cannot be understood may revoke anything that was issued up to its own
   * moment, and counts as if it did.
   */
  static LogRecord read(SharedLog.Entry entry) {
    LogRecord record = parse(entry.text());
    return record == null ? line("", entry.millis()) : record;
  }

  static @Nullable LogRecord parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches() || (parts.group("kind") == null) != (parts.group("digest") == null)) {
      return null;
    }
    String issuer;
    try {
      issuer = URLDecoder.decode(parts.group("issuer"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return null;
    }
    long upTo = Long.parseLong(parts.group("millis"));
    String named = parts.group("kind");
    if (named == null) {
      return line(issuer, upTo);
    }
    Optional<Kind> kind =
        Arrays.stream(Kind.values()).filter(known -> known.name().equals(named)).findFirst();
    Optional<Sha256Digest> digest = Sha256Digest.parse(parts.group("digest"));
    return kind.isEmpty() || digest.isEmpty()
        ? null
        : of(new DigestedMark(issuer, kind.get(), digest.get()), upTo);
  }
}
