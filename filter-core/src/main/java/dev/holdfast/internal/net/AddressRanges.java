package dev.holdfast.internal.net;

import java.util.List;

/**
 * Blocks of addresses together.
 *
 * @param ranges in any order; they may overlap
 */
public record AddressRanges(List<AddressRange> ranges) {
  /** Where IPv4 has hosts: everything but multicast and what is reserved. */
  private static final List<AddressRange> V4_UNICAST =
      all("0.0.0.0/1", "128.0.0.0/2", "192.0.0.0/3");

  /** Where the addresses of the IPv6 internet lie (RFC 4291 section 2.4). */
  private static final List<AddressRange> V6_GLOBAL = all("2000::/3");

  /** Copies the list. */
  public AddressRanges {
    ranges = List.copyOf(ranges);
  }

  private static List<AddressRange> all(String... texts) {
    return List.of(texts).stream().map(AddressRange::parse).toList();
  }

  /** Whether the address lies in one of the blocks. */
  public boolean contains(IpAddress address) {
    for (int i = 0; i < ranges.size(); i++) { // no iterator: once per request
      if (ranges.get(i).contains(address)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the blocks together leave nobody out, on the internet of IPv4 or of IPv6: {@code
   * 0.0.0.0/0}, or two halves of it, for example.
   */
  public boolean holdEveryone() {
    return V4_UNICAST.stream().allMatch(this::cover) || V6_GLOBAL.stream().allMatch(this::cover);
  }

  private boolean cover(AddressRange block) {
    if (ranges.stream().anyMatch(range -> range.contains(block))) {
      return true;
    }
    if (ranges.stream().noneMatch(block::contains)) {
      return false; // neither around it nor within it
    }
    int longer = block.prefix() + 1;
    return cover(new AddressRange(block.network(), longer))
        && cover(new AddressRange(block.network().withBit(block.prefix()), longer));
  }
}
