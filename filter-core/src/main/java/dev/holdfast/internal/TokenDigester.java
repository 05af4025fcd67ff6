package dev.holdfast.internal;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 over ASCII text without garbage: instances are borrowed from a small lock-free pool, so
 * that a request with a known token allocates its digest and nothing else. No thread-local, for
 * virtual threads' sake; when the pool is empty a new instance is made.
 */
public final class TokenDigester {
  private static final int CHUNK = 1024;
  private static final int SLOTS = 16; // a power of two
  private static final AtomicReferenceArray<@Nullable TokenDigester> POOL =
      new AtomicReferenceArray<>(SLOTS);

  private final MessageDigest sha256;
  private final byte[] chunk = new byte[CHUNK];

  private TokenDigester() {
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

  /**
   * Digests {@code text} from {@code start} on, one byte for each character.
   *
   * @param text characters below 128 only, which the caller has checked
   */
  public static <T> T digest(String text, int start, DigestReader<T> reader) {
    int slot = (int) Thread.currentThread().getId() & (SLOTS - 1);
    TokenDigester digester = POOL.getAndSet(slot, null);
    if (digester == null) {
      digester = new TokenDigester();
    }
    T value = digester.compute(text, start, reader);
    POOL.set(slot, digester); // one that failed halfway is dropped with what it holds
    return value;
  }

  @SuppressWarnings(
      "deprecation") // getBytes(int, int, byte[], int) copies low bytes: right for ASCII
  private <T> T compute(String text, int start, DigestReader<T> reader) {
    int filled = 0;
    try {
      for (int from = start; from < text.length(); from += CHUNK) {
        int to = Math.min(text.length(), from + CHUNK);
        text.getBytes(from, to, chunk, 0);
        filled = Math.max(filled, to - from);
        sha256.update(chunk, 0, to - from);
      }
      int length = sha256.digest(chunk, 0, CHUNK);
      filled = Math.max(filled, length);
      return reader.read(chunk, 0);
    } catch (DigestException e) {
      throw new IllegalStateException("the chunk has room for a digest", e);
    } finally {
      Arrays.fill(chunk, 0, filled, (byte) 0); // no piece of a token stays in the heap,
      sha256.reset(); // nor in the digest's own block, which is otherwise cleared at the next use
    }
  }
}
