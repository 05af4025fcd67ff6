package dev.holdfast.internal.net;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * An IP address as the 128 bits of IPv6. An IPv4 address is its IPv4-mapped form, {@code
 * ::ffff:a.b.c.d} (RFC 4291 section 2.5.5.2), so that both spellings of one peer are equal.
 *
 * @param high the first 64 bits, in network order
 * @param low the last 64 bits
 */
public record IpAddress(long high, long low) {
  private static final long MAPPED = 0xffff_0000_0000L;
  private static final long LOW_32 = 0xffff_ffffL;

  /** From a socket's own bytes. */
  public static IpAddress of(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 4
        ? v4(bits(bytes, 0, 4))
        : new IpAddress(bits(bytes, 0, 8), bits(bytes, 8, 16));
  }

  private static long bits(byte[] bytes, int from, int to) {
    long bits = 0;
    for (int i = from; i < to; i++) {
      bits = (bits << 8) | (bytes[i] & 0xff);
    }
    return bits;
  }

  static IpAddress v4(long bits) {
    return new IpAddress(0, MAPPED | bits);
  }

  /**
   * Reads a literal: four decimal numbers without leading zeros, or RFC 4291 section 2.2. Nothing
   * is ever looked up; a name, a zone, brackets and every other notation give null.
   */
  public static @Nullable IpAddress parse(String literal) {
    return new IpLiteral(literal).address();
  }

  /** Whether this is an IPv4 address, mapped or not. */
  public boolean isV4() {
    return high == 0 && (low & ~LOW_32) == MAPPED;
  }

  /** Whether the address holds within one link only (RFC 4291 section 2.5.6). */
  public boolean isLinkLocal() {
    return high >>> 54 == 0xfe80L >>> 6;
  }

  /** The address with everything after the first {@code length} bits zeroed. */
  IpAddress network(int length) {
    return new IpAddress(high & mask(length), low & mask(length - 64));
  }

  /** The address with this bit, counted from 0 at the left, set. */
  IpAddress withBit(int index) {
    return index < 64
        ? new IpAddress(high | (1L << (63 - index)), low)
        : new IpAddress(high, low | (1L << (127 - index)));
  }

  /** The bits that are not in {@code part}. */
  IpAddress minus(IpAddress part) {
    return new IpAddress(high & ~part.high, low & ~part.low);
  }

  /** Moved towards the front by 0 to 128 bits. */
  IpAddress shiftedLeft(int bits) {
    if (bits == 0) {
      return this;
    }
    return bits < 64
        ? new IpAddress((high << bits) | (low >>> (64 - bits)), low << bits)
        : new IpAddress(bits < 128 ? low << (bits - 64) : 0, 0);
  }

  private static long mask(int length) {
    return length <= 0 ? 0 : length >= 64 ? -1 : -1L << (64 - length);
  }

  /** Dotted for IPv4, else eight groups. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(39);
    if (isV4()) {
      for (int shift = 24; shift >= 0; shift -= 8) {
        text.append((low >>> shift) & 0xff).append(shift == 0 ? "" : ".");
      }
      return text.toString();
    }
    for (int group = 0; group < 8; group++) {
      long half = group < 4 ? high : low;
      text.append(group == 0 ? "" : ":")
          .append(Long.toHexString((half >>> (48 - group % 4 * 16)) & 0xffff));
    }
    return text.toString();
  }
}
