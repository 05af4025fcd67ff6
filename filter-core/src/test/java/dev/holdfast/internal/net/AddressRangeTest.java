package dev.holdfast.internal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {

  private static boolean contains(String range, String address) {
    IpAddress parsed = IpAddress.parse(address);
    assertThat(parsed).isNotNull();
    return AddressRange.parse(range).contains(parsed);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8,10.255.255.255,11.0.0.0",
    "10.0.0.0/8,::ffff:10.0.0.1,::10.0.0.1",
    "192.0.2.7,192.0.2.7,192.0.2.6",
    "192.0.2.6/31,192.0.2.7,192.0.2.8",
    "::ffff:10.0.0.0/104,10.1.2.3,11.1.2.3",
    "2001:db8::/32,2001:db8:ffff::1,2001:db9::1",
    "2001:db8::/63,2001:db8:0:1::1,2001:db8:0:2::1",
    "2001:db8::/65,2001:db8::7fff:0:0:0,2001:db8::8000:0:0:0",
    "::1,::1,::2",
    "0.0.0.0/0,255.1.2.3,2001:db8::1",
    "::/0,2001:db8::1,10.0.0.1"
  })
  void aRangeHoldsWhatIsInItAndNotItsNeighbour_T04(String range, String inside, String outside) {
    assertThat(contains(range, inside)).isTrue();
    assertThat(contains(range, outside)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1/8,write 10.0.0.0/8 for the network",
    "::ffff:10.0.0.1/104,write ::ffff:10.0.0.0/104 for the network",
    "2001:db8::1/32,write 2001:db8:0:0:0:0:0:0/32 for the network",
    "10.0.0.0/33,from 0 to 32",
    "2001:db8::/129,from 0 to 128",
    "10.0.0.0/,from 0 to 32",
    "10.0.0.0/08,from 0 to 32",
    "10.0.0.0/-1,from 0 to 32",
    "10.0.0.0/8/8,from 0 to 32",
    "10.0.0.0/255.0.0.0,from 0 to 32",
    "010.0.0.0/8,leading zero",
    "10.0.0.00,leading zero",
    "10.0.0.256,above 255",
    "10.0.0/8,write all four",
    "10,write all four",
    "fe80::1%eth0,has a zone",
    "[::1],has brackets",
    "proxy.example,names are not looked up",
    "localhost,names are not looked up",
    "10.0.0.*,names are not looked up",
    "2001:db8:/32,names are not looked up"
  })
  void aMistypedRangeSaysWhatToWrite_T101(String range, String text) {
    assertThatThrownBy(() -> AddressRange.parse(range))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text);
  }

  private static boolean everyone(String ranges) {
    return new AddressRanges(Arrays.stream(ranges.split(" ")).map(AddressRange::parse).toList())
        .holdEveryone();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0/0",
        "::/0",
        "0.0.0.0/1 128.0.0.0/1",
        "128.0.0.0/1 0.0.0.0/2 64.0.0.0/2",
        "::/1 8000::/1",
        "2000::/3",
        "2000::/4 3000::/4",
        "::ffff:0.0.0.0/96",
        "0.0.0.0/1 128.0.0.0/2 192.0.0.0/3",
        "10.0.0.0/8 ::/0"
      })
  void rangesThatLeaveNobodyOutAreFound_T101(String ranges) {
    assertThat(everyone(ranges)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0/1",
        "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7 fe80::/10 ::1 127.0.0.0/8",
        "0.0.0.0/1 128.0.0.0/2 192.0.0.0/4",
        "2000::/4",
        "4000::/2 ::/3"
      })
  void rangesThatLeaveSomebodyOutAreTaken(String ranges) {
    assertThat(everyone(ranges)).isFalse();
  }

  @Test
  void noRangeHoldsNobody() {
    IpAddress loopback = IpAddress.parse("127.0.0.1");
    assertThat(loopback).isNotNull();
    AddressRanges none = new AddressRanges(List.of());
    assertThat(none.contains(loopback)).isFalse();
    assertThat(none.holdEveryone()).isFalse();
  }

  @Test
  void anyOfTheRangesHoldsAnAddress() {
    AddressRanges two =
        new AddressRanges(
            List.of(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("2001:db8::/32")));
    assertThat(Stream.of("10.1.2.3", "2001:db8::1", "11.1.2.3", "2001:db9::1"))
        .map(IpAddress::parse)
        .map(two::contains)
        .containsExactly(true, true, false, false);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 129, 103})
  void aRangeOfAnotherPrefixIsNone(int prefix) {
    IpAddress network = IpAddress.parse(prefix == 103 ? "11.0.0.0" : "::");
    assertThat(network).isNotNull();
    assertThatThrownBy(() -> new AddressRange(network, prefix))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no bits after its prefix");
  }
}
