package dev.holdfast.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class IpAddressPropertyTest {

  @Property
  void everyAddressOfFourBytesIsReadAsTheJdkWritesIt(@ForAll @Size(4) byte[] bytes)
      throws UnknownHostException {
    assertIsReadAsWritten(InetAddress.getByAddress(bytes));
  }

  @Property
  void everyAddressOfSixteenBytesIsReadAsTheJdkWritesIt(@ForAll @Size(16) byte[] bytes)
      throws UnknownHostException {
    assertIsReadAsWritten(InetAddress.getByAddress(bytes));
  }

  private static void assertIsReadAsWritten(InetAddress address) {
    IpAddress expected = IpAddress.of(address);
    assertThat(IpAddress.parse(address.getHostAddress())).isEqualTo(expected);
    assertThat(IpAddress.parse(expected.toString())).isEqualTo(expected);
  }

  /**
   * The JDK takes these for literals: they begin with a digit or a colon and have no name's letter.
   */
  @Provide
  Arbitrary<String> nearlyLiterals() {
    return Arbitraries.strings()
        .withChars("01259af:.")
        .ofMaxLength(24)
        .map(text -> "0:" + text.replace(":.", ":1."));
  }

  @Property(tries = 5000)
  void whatIsReadIsWhatTheJdkReads(@ForAll("nearlyLiterals") String text)
      throws UnknownHostException {
    IpAddress address = IpAddress.parse(text);
    if (address != null) {
      assertThat(IpAddress.of(InetAddress.getByName(text))).isEqualTo(address);
    }
  }

  @Property
  void aRangeHoldsExactlyWhatSharesItsPrefix(
      @ForAll @Size(16) byte[] one,
      @ForAll @Size(16) byte[] other,
      @ForAll @IntRange(max = 128) int prefix)
      throws UnknownHostException {
    one[0] |= (byte) 0x20; // no mapped addresses here
    other[0] |= (byte) 0x20;
    System.arraycopy(one, 0, other, 0, prefix / 8 * (other[15] & 1)); // often near one another
    IpAddress member = IpAddress.of(InetAddress.getByAddress(one));
    IpAddress candidate = IpAddress.of(InetAddress.getByAddress(other));
    AddressRange range = new AddressRange(member.network(prefix), prefix);
    boolean shared = true;
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >>> bit % 8;
      shared &= (one[bit / 8] & mask) == (other[bit / 8] & mask);
    }
    assertThat(range.contains(member)).isTrue();
    assertThat(range.contains(candidate)).isEqualTo(shared);
    assertThat(AddressRange.parse(range.network() + "/" + prefix)).isEqualTo(range);
  }
}
