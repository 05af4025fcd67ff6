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
    return new Literal(literal).address();
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

  /** Reads one literal from left to right. */
  private static final class Literal {
    private static final int LONGEST = 45; // eight groups, the last two as an IPv4 address
    private static final int GROUPS = 8;
    private static final int NONE = -1;

    private final String text;
    private int at;

    // The groups read so far, the last one lowest, and how many had been read at the "::".
    private long high;
    private long low;
    private int count;
    private int gap = NONE;

    Literal(String text) {
      this.text = text;
    }

    @Nullable IpAddress address() {
      if (text.isEmpty() || text.length() > LONGEST) {
        return null;
      }
      if (text.indexOf(':') < 0) {
        long dotted = dotted();
        return dotted == NONE ? null : IpAddress.v4(dotted);
      }
      return groups() ? assembled() : null;
    }

    /** Four numbers up to the end, as 32 bits. */
    private long dotted() {
      long bits = 0;
      for (int part = 0; part < 4; part++) {
        int number = number();
        boolean separated = part == 3 ? at == text.length() : next('.');
        if (number == NONE || !separated) {
          return NONE;
        }
        bits = (bits << 8) | number;
      }
      return bits;
    }

    /** 0 to 255 without a leading zero. */
    private int number() {
      int start = at;
      int number = 0;
      while (at < text.length() && isDigit(text.charAt(at)) && at - start < 4) {
        number = number * 10 + text.charAt(at++) - '0';
      }
      boolean leadingZero = at - start > 1 && text.charAt(start) == '0';
      return at == start || leadingZero || number > 255 ? NONE : number;
    }

    private static boolean isDigit(char character) {
      return character >= '0' && character <= '9';
    }

    private boolean next(char expected) {
      if (at < text.length() && text.charAt(at) == expected) {
        at++;
        return true;
      }
      return false;
    }

    private boolean groups() {
      if (text.startsWith("::")) {
        gap = 0;
        at = 2;
        if (at == text.length()) {
          return true;
        }
      }
      while (count < GROUPS) {
        if (text.indexOf('.', at) >= 0 && text.indexOf(':', at) < 0) {
          return embedded();
        }
        int group = group();
        if (group == NONE) {
          return false;
        }
        append(group);
        if (at == text.length()) {
          return true;
        }
        if (!next(':')) {
          return false;
        }
        if (next(':')) {
          if (gap != NONE) {
            return false;
          }
          gap = count;
          if (at == text.length()) {
            return true;
          }
        }
      }
      return false;
    }

    private boolean embedded() {
      long dotted = dotted();
      if (dotted == NONE) {
        return false;
      }
      append((int) (dotted >>> 16));
      append((int) (dotted & 0xffff));
      return true;
    }

    /** One to four hexadecimal digits. */
    private int group() {
      int start = at;
      int group = 0;
      while (at < text.length() && at - start < 4) {
        int digit = hexadecimal(text.charAt(at));
        if (digit == NONE) {
          break;
        }
        group = (group << 4) | digit;
        at++;
      }
      return at == start ? NONE : group;
    }

    private static int hexadecimal(char character) {
      if (isDigit(character)) {
        return character - '0';
      }
      char lower = (char) (character | 0x20);
      return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : NONE;
    }

    private void append(int group) {
      high = (high << 16) | (low >>> 48);
      low = (low << 16) | group;
      count++;
    }

    /** A "::" stands for one group of zeros or more. */
    private @Nullable IpAddress assembled() {
      if (gap == NONE) {
        return count == GROUPS ? new IpAddress(high, low) : null;
      }
      if (count >= GROUPS) {
        return null;
      }
      // What was read before the gap moves to the front; the groups after it stay where they are.
      int after = (count - gap) * 16;
      IpAddress all = new IpAddress(high, low);
      IpAddress tail = all.minus(all.network(128 - after));
      IpAddress head = all.network(128 - after).shiftedLeft((GROUPS - count) * 16);
      return new IpAddress(head.high() | tail.high(), head.low() | tail.low());
    }
  }
}
