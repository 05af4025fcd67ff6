package dev.holdfast.introspection.shared;

import dev.holdfast.internal.json.MalformedJsonException;
import dev.holdfast.internal.json.StrictJson;
import dev.holdfast.internal.json.WrittenJson;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One answer of an issuer, as it lies in the store before it is encrypted: two numbers of eight
 * bytes, and a JSON object.
 *
 * @param askedAt when the issuer was asked, by the clock of the node that asked, in milliseconds
 *     since 1970
 * @param life for how long from then on it may be given, in milliseconds
 * @param claims all members of the answer
 */
record Entry(long askedAt, long life, Map<String, Object> claims) {
  private static final int NUMBERS = 2 * Long.BYTES;

  /** The issuer's answers have 64 KiB at most; what is far larger as ASCII is not shared. */
  private static final int MOST_BYTES = 96 * 1024;

  private static final long LONGEST_LIFE = 86_400_000;

  /** Copies nothing: nobody changes the members. */
  Entry {
    claims = Collections.unmodifiableMap(claims);
  }

  /** Its bytes; null where it is too large to be shared, or not JSON. */
  byte @Nullable [] toBytes() {
    byte[] json;
    try {
      json = WrittenJson.of(claims);
    } catch (IllegalArgumentException none) {
      return null;
    }
    return json.length > MOST_BYTES - NUMBERS
        ? null
        : ByteBuffer.allocate(NUMBERS + json.length)
            .putLong(askedAt)
            .putLong(life)
            .put(json)
            .array();
  }

  /** Reads it strictly; null when it is none. */
  static @Nullable Entry read(byte[] bytes) {
    if (bytes.length <= NUMBERS || bytes.length > MOST_BYTES) {
      return null;
    }
    ByteBuffer numbers = ByteBuffer.wrap(bytes);
    long askedAt = numbers.getLong();
    long life = numbers.getLong();
    if (askedAt < 0 || askedAt > Long.MAX_VALUE / 2 || life < 1 || life > LONGEST_LIFE) {
      return null;
    }
    try {
      Map<String, Object> claims =
          StrictJson.parseObject(Arrays.copyOfRange(bytes, NUMBERS, bytes.length));
      return claims.get("active") instanceof Boolean ? new Entry(askedAt, life, claims) : null;
    } catch (MalformedJsonException malformed) {
      return null;
    }
  }
}
