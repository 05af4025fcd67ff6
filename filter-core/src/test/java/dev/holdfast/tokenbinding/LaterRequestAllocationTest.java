package dev.holdfast.tokenbinding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.PresentedToken;
import dev.holdfast.Proof;
import dev.holdfast.testing.Garbage;
import dev.holdfast.tokenbinding.message.Keys;
import dev.holdfast.tokenbinding.message.UnknownTypes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a known message on a known connection costs in garbage. */
@Tag("verify")
class LaterRequestAllocationTest {
  private static final double MAX_BYTES = 256;

  @ParameterizedTest
  @ValueSource(strings = {"tls", "header"})
  void aLaterRequestAllocatesAtMost256Bytes(String source) {
    boolean tls = source.equals("tls");
    TokenBindingVerifier verifier =
        new TokenBindingVerifier(
            tls ? new TlsTokenBindings(UnknownTypes.SKIP) : new ProxyTokenBindings(ProxyValue.ID));
    Request request =
        tls
            ? Request.on(Keys.connection(1, Keys.EC)).message(Keys.EC.header(Keys.ekm(1)))
            : Request.fromProxy().provided(Keys.EC.encodedId());
    PresentedToken token = PresentedToken.of(PresentedToken.Scheme.BEARER, "token");

    assertThat(Garbage.bytesPerCall(() -> verifier.prove(request, token) instanceof Proof.Proven))
        .as("bytes per request")
        .isLessThanOrEqualTo(MAX_BYTES);
  }
}
