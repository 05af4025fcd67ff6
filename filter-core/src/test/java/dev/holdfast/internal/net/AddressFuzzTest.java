package dev.holdfast.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

class AddressFuzzTest {

  /** Whatever is written is one range with one spelling, or refused by a text. */
  @FuzzTest
  void anyTextIsOneRangeOrRefused(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    AddressRange range;
    try {
      range = AddressRange.parse(text);
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageStartingWith("\"");
      return;
    }
    assertThat(text).matches("[0-9A-Fa-f:.]+(/[0-9]{1,3})?");
    assertThat(range.contains(range.network())).isTrue();
    IpAddress again = IpAddress.parse(range.network().toString());
    assertThat(again).isEqualTo(range.network());
    assertThat(range.isV4()).isEqualTo(range.network().isV4());
  }
}
