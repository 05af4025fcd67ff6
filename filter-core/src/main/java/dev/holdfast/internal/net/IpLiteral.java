package dev.holdfast.internal.net;

import org.jspecify.annotations.Nullable;

/** Reads one literal from left to right. */
final class IpLiteral {
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

  IpLiteral(String text) {
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
