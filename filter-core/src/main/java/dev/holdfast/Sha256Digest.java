package dev.holdfast;

import dev.holdfast.internal.Base64Url;
import dev.holdfast.internal.TokenDigester;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A SHA-256 digest: 32 bytes, compared in constant time.
 *
 * <p>Its text form is base64url without padding, 43 characters, as in {@code x5t#S256} (RFC 8705
 * section 3.1) and RFC 7638. Only the canonical spelling is read: the two unused bits of the last
 * character are zero.
 */
public final class Sha256Digest {
  private static final int BYTES = 32;
  private static final int CHARACTERS = 43;
  private static final VarHandle LONG = // without a buffer object for each digest of a request
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final long first;
  private final long second;
  private final long third;
  private final long fourth;

  private Sha256Digest(byte[] bytes, int offset) {
    this.first = (long) LONG.get(bytes, offset);
    this.second = (long) LONG.get(bytes, offset + 8);
    this.third = (long) LONG.get(bytes, offset + 16);
    this.fourth = (long) LONG.get(bytes, offset + 24);
  }

  /**
   * The digest whose 32 bytes begin at {@code offset}.
   *
   * @throws IllegalArgumentException when fewer than 32 bytes are there
   */
  public static Sha256Digest ofBytes(byte[] bytes, int offset) {
    if (offset < 0 || bytes.length - offset < BYTES) {
      throw new IllegalArgumentException("a SHA-256 digest has 32 bytes");
    }
    return new Sha256Digest(bytes, offset);
  }

  /** Computes the digest of {@code content}. */
  public static Sha256Digest of(byte[] content) {
    return TokenDigester.digest(content, Sha256Digest::ofBytes);
  }

  /**
   * Reads the text form: exactly 43 characters of base64url, no padding, no white space, canonical.
   * Anything else is empty.
   */
  public static Optional<Sha256Digest> parse(String text) {
    if (text.length() != CHARACTERS) {
      return Optional.empty();
    }
    byte @Nullable [] bytes = Base64Url.decode(text);
    return bytes == null ? Optional.empty() : Optional.of(ofBytes(bytes, 0));
  }

  /** The text form: base64url without padding, 43 characters. */
  public String toBase64Url() {
    return Base64Url.encode(
        ByteBuffer.allocate(BYTES)
            .putLong(first)
            .putLong(second)
            .putLong(third)
            .putLong(fourth)
            .array());
  }

  /**
   * Eight of the bytes as one big-endian number: for tables that are too large to hold objects.
   *
   * @param index 0 to 3
   */
  public long word(int index) {
    return switch (index) {
      case 0 -> first;
      case 1 -> second;
      case 2 -> third;
      case 3 -> fourth;
      default -> throw new IndexOutOfBoundsException(index);
    };
  }

  /** Whether both are the same 32 bytes; the time taken does not depend on where they differ. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Sha256Digest that
        && ((first ^ that.first)
                | (second ^ that.second)
                | (third ^ that.third)
                | (fourth ^ that.fourth))
            == 0;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(first);
  }

  /** The text form's first eight characters: enough to find it in a log, useless to an attacker. */
  @Override
  public String toString() {
    return toBase64Url().substring(0, 8) + "…";
  }
}
