package dev.holdfast.events.shared;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stands in Redis: it is read as it is written, or it revokes all from before it. */
class LogRecordFuzzTest {
  static byte[][] entries() {
    String digest = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    return new byte[][] {
      ("mark SUBJECT 1 " + digest + " https%3A%2F%2Fas.example")
          .getBytes(StandardCharsets.US_ASCII),
      ("mark TOKEN -1 " + digest + " ").getBytes(StandardCharsets.US_ASCII),
      "line 1772366400000 a+b".getBytes(StandardCharsets.US_ASCII)
    };
  }

  @MethodSource("entries")
  @FuzzTest
  void anyEntryIsReadOrRevokesAll(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    LogRecord record = LogRecord.read(new SharedLog.Entry("7-0", 7, text));
    LogRecord parsed = LogRecord.parse(text);
    LogRecord expected = parsed == null ? LogRecord.line("", 7) : parsed;
    if (!record.equals(expected)
        || (parsed != null && !parsed.equals(LogRecord.parse(parsed.text())))) {
      throw new AssertionError(text);
    }
  }
}
