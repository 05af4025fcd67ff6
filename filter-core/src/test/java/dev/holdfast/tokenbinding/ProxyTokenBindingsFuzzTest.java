package dev.holdfast.tokenbinding;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;

class ProxyTokenBindingsFuzzTest {
  private static final List<String> NAMES =
      List.of(
          "Sec-Provided-Token-Binding-ID",
          "Sec-Referred-Token-Binding-ID",
          "Sec-Other-Token-Binding-ID",
          "Sec-Token-Binding");

  /** Each line is a field: the first character says which, the rest is its value. */
  @FuzzTest
  void anyFieldsEstablishTheIdsTheySpellOrAreRefused_T06(byte[] lines) {
    Request request = Request.fromProxy();
    for (String line : new String(lines, StandardCharsets.ISO_8859_1).split("\n", 8)) {
      if (!line.isEmpty()) {
        request = request.with(NAMES.get(line.charAt(0) % NAMES.size()), line.substring(1));
      }
    }
    TokenBindingState ids = new ProxyTokenBindings(ProxyValue.ID).of(request);
    TokenBindingState digests = new ProxyTokenBindings(ProxyValue.SHA256).of(request);
    if (ids instanceof EstablishedTokenBindings established) {
      assertThat(request.headers(NAMES.get(0)))
          .containsExactly(established.providedId().toBase64Url());
      assertThat(request.headers(NAMES.get(3))).isEmpty();
      assertThat(digests).isInstanceOf(TokenBindingState.Refused.class);
    }
    if (digests instanceof EstablishedTokenBindings established) {
      assertThat(request.headers(NAMES.get(0)))
          .containsExactly(established.provided().toBase64Url());
    }
  }
}
