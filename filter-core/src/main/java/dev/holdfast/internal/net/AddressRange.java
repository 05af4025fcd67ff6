package dev.holdfast.internal.net;

/**
 * A block of addresses in CIDR notation (RFC 4632, RFC 4291 section 2.3). IPv4 and IPv6 are apart:
 * a block of IPv6 holds no IPv4-mapped address unless it is a block of those.
 *
 * @param network the first address; every bit after the prefix is zero
 * @param prefix the prefix's length in bits of IPv6: 96 more than is written for IPv4
 */
public record AddressRange(IpAddress network, int prefix) {
  private static final int V4_OFFSET = 96;
  private static final int LONGEST_PREFIX = 128;

  /** Holds the invariants. */
  public AddressRange {
    if (prefix < 0 || prefix > LONGEST_PREFIX || !network.network(prefix).equals(network)) {
      throw new IllegalArgumentException("a network has no bits after its prefix");
    }
  }

  /**
   * Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or one address alone. Host names are not
   * looked up.
   *
   * @throws IllegalArgumentException with a text that says what is wrong and what to write
   */
  public static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    String literal = slash < 0 ? text : text.substring(0, slash);
    IpAddress address = IpAddress.parse(literal);
    if (address == null) {
      throw new IllegalArgumentException("\"" + text + "\" " + whyNot(literal));
    }
    boolean dotted = literal.indexOf(':') < 0;
    int longest = dotted ? LONGEST_PREFIX - V4_OFFSET : LONGEST_PREFIX;
    int written = slash < 0 ? longest : prefix(text, text.substring(slash + 1), longest);
    int prefix = dotted ? written + V4_OFFSET : written;
    IpAddress network = address.network(prefix);
    if (!network.equals(address)) {
      throw new IllegalArgumentException(
          "\""
              + text
              + "\" has address bits after its prefix: write "
              + text(network, dotted)
              + '/'
              + written
              + " for the network, or "
              + literal
              + " for the one address");
    }
    return new AddressRange(network, prefix);
  }

  private static String whyNot(String literal) {
    if (literal.indexOf('%') >= 0) {
      return "has a zone: write the address without it";
    }
    if (literal.startsWith("[")) {
      return "has brackets: write the address without them";
    }
    if (literal.matches("[0-9]+(\\.[0-9]+){3}")) {
      return literal.matches("(.*\\.)?0[0-9].*")
          ? "has a leading zero, which some programs read as octal: write it without"
          : "has a number above 255";
    }
    if (literal.matches("[0-9.]+")) {
      return "is not four numbers: write all four, such as 10.0.0.0/8";
    }
    return "is no IP address; names are not looked up: write addresses or networks such as"
        + " 10.0.0.0/8 or 2001:db8::/32";
  }

  private static int prefix(String text, String digits, int longest) {
    if (!digits.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(digits) > longest) {
      throw new IllegalArgumentException(
          "\"" + text + "\" has no prefix length from 0 to " + longest + " after its slash");
    }
    return Integer.parseInt(digits);
  }

  private static String text(IpAddress network, boolean dotted) {
    return dotted || !network.isV4() ? network.toString() : "::ffff:" + network;
  }

  /** Whether the block is one of IPv4 addresses. */
  boolean isV4() {
    return prefix >= V4_OFFSET && network.isV4();
  }

  /** Whether the address lies in the block. */
  public boolean contains(IpAddress address) {
    return isV4() == address.isV4() && holds(address);
  }

  private boolean holds(IpAddress address) {
    return address.network(prefix).equals(network);
  }

  /** Whether all of the other block lies in this one. */
  boolean contains(AddressRange other) {
    return prefix <= other.prefix && isV4() == other.isV4() && holds(other.network);
  }
}
