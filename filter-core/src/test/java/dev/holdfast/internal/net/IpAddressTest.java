package dev.holdfast.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1,10.0.0.1",
    "0.0.0.0,0.0.0.0",
    "255.255.255.255,255.255.255.255",
    "::,0:0:0:0:0:0:0:0",
    "::1,0:0:0:0:0:0:0:1",
    "1::,1:0:0:0:0:0:0:0",
    "2001:db8::8:800:200C:417a,2001:db8:0:0:8:800:200c:417a",
    "1:2:3:4:5:6:7:8,1:2:3:4:5:6:7:8",
    "1:2:3:4:5:6:7::,1:2:3:4:5:6:7:0",
    "::2:3:4:5:6:7:8,0:2:3:4:5:6:7:8",
    "64:ff9b::192.0.2.33,64:ff9b:0:0:0:0:c000:221",
    "1:2:3:4:5:6:1.2.3.4,1:2:3:4:5:6:102:304",
    "::ffff:10.0.0.1,10.0.0.1",
    "0:0:0:0:0:FFFF:0a00:0001,10.0.0.1",
    "1111:2222:3333:4444:5555:6666:123.124.125.126,1111:2222:3333:4444:5555:6666:7b7c:7d7e",
    "::ffff:a00:1,10.0.0.1",
    "1::ffff:10.0.0.1,1:0:0:0:0:ffff:a00:1"
  })
  void aLiteralIsRead_T04(String literal, String canonical) {
    assertThat(IpAddress.parse(literal)).hasToString(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "localhost",
        "10.0.0.1.",
        ".10.0.0.1",
        "10.0.0",
        "10.0.0.1.2",
        "10.0.0.256",
        "10.0.0.1000",
        "010.0.0.1",
        "10.0.0.01",
        "0x0a.0.0.1",
        "167772161",
        "10.1",
        "10.0.0.1 ",
        "+10.0.0.1",
        "10.0.0.-1",
        "١٠.0.0.1",
        ":",
        ":::",
        "1:",
        ":1",
        "1::2::3",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8:",
        "1:2:3:4::5:6:7:8",
        "12345::",
        "::g",
        "::1%lo",
        "[::1]",
        "::1.2.3",
        "::1.2.3.4.5",
        "::1.2.3.4:5",
        "::01.2.3.4",
        "1:2:3:4:5:6:7:1.2.3.4",
        "::ffff:10.0.0.256",
        "::1/128",
        "ｆ::1",
        "::١"
      })
  void anythingElseIsNoAddressAndIsNotLookedUp_T04(String text) {
    assertThat(IpAddress.parse(text)).isNull();
  }

  @Test
  void aMappedAddressIsTheAddressItself_T04() throws UnknownHostException {
    byte[] four = {10, 0, 0, 1};
    assertThat(IpAddress.of(InetAddress.getByAddress(four)))
        .isEqualTo(IpAddress.parse("10.0.0.1"))
        .isEqualTo(IpAddress.parse("::ffff:10.0.0.1"))
        .isNotEqualTo(IpAddress.parse("::10.0.0.1"));
  }

  @ParameterizedTest
  @CsvSource({"fe80::1,true", "febf::1,true", "fec0::1,false", "fe7f::1,false", "::1,false"})
  void onlyALinkLocalAddressHoldsWithinALink(String literal, boolean linkLocal) {
    IpAddress address = IpAddress.parse(literal);
    assertThat(address).isNotNull();
    assertThat(address.isLinkLocal()).isEqualTo(linkLocal);
  }
}
