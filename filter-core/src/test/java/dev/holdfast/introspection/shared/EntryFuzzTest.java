package dev.holdfast.introspection.shared;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever lies in the store: it is an entry that somebody with the key has made, or none. */
class EntryFuzzTest {
  private static final String NAME = "x".repeat(43);
  private static final EntryCipher CIPHER =
      new EntryCipher(new byte[32], "realm", new SecureRandom());

  static byte[][] seeds() {
    return Stream.of("{\"active\":true}", "{\"active\":false,\"exp\":1.5E9,\"a\":[null,{}]}", "{")
        .map(json -> json.getBytes(StandardCharsets.US_ASCII))
        .map(
            json ->
                ByteBuffer.allocate(16 + json.length).putLong(1).putLong(60_000).put(json).array())
        .toArray(byte[][]::new);
  }

  @MethodSource("seeds")
  @FuzzTest
  void anyContentIsAnEntryOrNone(byte[] content) {
    Entry entry = Entry.read(content);
    if (entry == null) {
      return;
    }
    if (!(entry.claims().get("active") instanceof Boolean) || entry.life() < 1) {
      throw new AssertionError("an entry without an answer, or without an end");
    }
    byte[] again = entry.toBytes();
    if (again != null && !entry.equals(Entry.read(again))) {
      throw new AssertionError("it is another entry when it is written again");
    }
  }

  @MethodSource("seeds")
  @FuzzTest
  void nothingOpensThatWasNotSealed(byte[] bytes) {
    if (CIPHER.open(NAME, bytes) != null) {
      throw new AssertionError("it opens");
    }
    byte[] sealed = CIPHER.seal(NAME, bytes);
    if (CIPHER.open(NAME, sealed) == null || CIPHER.open("y".repeat(43), sealed) != null) {
      throw new AssertionError("it opens under another name, or not under its own");
    }
  }
}
