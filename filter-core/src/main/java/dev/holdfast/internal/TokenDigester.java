package dev.holdfast.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 without garbage: instances are borrowed, so that a request with a known token or
 * certificate allocates its digest and nothing else.
 */
public final class TokenDigester {
  private static final int ROOM = 4096;
  private static final int DIGEST_BYTES = 32;
  private static final IdleObjects<TokenDigester> IDLE = new IdleObjects<>();

  private final MessageDigest sha256;
  private final CharsetEncoder latin1 = StandardCharsets.ISO_8859_1.newEncoder();
  private final CharBuffer characters;
  private final ByteBuffer bytes;

  private TokenDigester(int room) {
    characters = CharBuffer.allocate(room);
    bytes = ByteBuffer.allocate(Math.max(room, DIGEST_BYTES));
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Makes a value of the 32 bytes that begin at an offset; it must not keep the array. */
  public interface DigestReader<T> {
    /** Reads 32 bytes from {@code offset} on. */
    T read(byte[] bytes, int offset);
  }

  /** What a text must be made of, for its bytes to stand for it and for nothing else. */
  private enum Alphabet {
    TOKEN68 {
      @Override
      boolean holds(byte[] text, int length) {
        return Token68.matches(text, length);
      }
    },
    ASCII {
      private static final VarHandle EIGHT =
          MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
      private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

      @Override
      boolean holds(byte[] text, int length) {
        long all = 0;
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
          all |= (long) EIGHT.get(text, i);
        }
        for (; i < length; i++) {
          all |= text[i];
        }
        return (all & NOT_ASCII) == 0;
      }
    };

    abstract boolean holds(byte[] text, int length);
  }

  /**
   * Digests {@code text} from {@code start} on, if that is one token68; else nothing is digested
   * and the answer is null. The caller has bounded the length.
   */
  public static <T> @Nullable T digest(String text, int start, DigestReader<T> reader) {
    return digest(Alphabet.TOKEN68, text, start, reader);
  }

  /**
   * Digests {@code text} if all of it is ASCII; else nothing is digested and the answer is null.
   * The caller has bounded the length.
   */
  public static <T> @Nullable T digestAscii(String text, DigestReader<T> reader) {
    return digest(Alphabet.ASCII, text, 0, reader);
  }

  private static <T> @Nullable T digest(
      Alphabet alphabet, String text, int start, DigestReader<T> reader) {
    TokenDigester digester = taken();
    T value = digester.compute(alphabet, text, start, reader);
    IDLE.giveBack(digester); // one that failed halfway is dropped with what it holds
    return value;
  }

  /** Digests bytes, which are not kept. */
  public static <T> T digest(byte[] content, DigestReader<T> reader) {
    TokenDigester digester = taken();
    byte[] room = digester.bytes.array();
    try {
      digester.sha256.update(content);
      digester.sha256.digest(room, 0, room.length);
      T value = reader.read(room, 0);
      Arrays.fill(room, 0, DIGEST_BYTES, (byte) 0);
      digester.sha256.reset();
      IDLE.giveBack(digester);
      return value;
    } catch (DigestException e) {
      throw new IllegalStateException("there is room for a digest", e);
    }
  }

  private static TokenDigester taken() {
    TokenDigester idle = IDLE.take();
    return idle == null ? new TokenDigester(ROOM) : idle;
  }

  private <T> @Nullable T compute(
      Alphabet alphabet, String text, int start, DigestReader<T> reader) {
    int length = text.length() - start;
    if (length > characters.array().length) { // long ones are rare, and pay with garbage
      return new TokenDigester(length).compute(alphabet, text, start, reader);
    }
    byte[] room = bytes.array();
    try {
      text.getChars(start, text.length(), characters.array(), 0);
      characters.clear().limit(length);
      bytes.clear();
      // It stops at a character that is not its own low byte.
      if (!latin1.reset().encode(characters, bytes, true).isUnderflow()
          || !alphabet.holds(room, length)) {
        return null;
      }
      sha256.update(room, 0, length);
      sha256.digest(room, 0, room.length);
      return reader.read(room, 0);
    } catch (DigestException e) {
      throw new IllegalStateException("there is room for a digest", e);
    } finally {
      // No piece of a token stays in the heap,
      Arrays.fill(characters.array(), 0, length, '\0');
      Arrays.fill(room, 0, Math.max(length, DIGEST_BYTES), (byte) 0);
      sha256.reset(); // nor in the digest's own block, which is otherwise cleared at the next use
    }
  }
}
