package dev.holdfast.tokenbinding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.TokenBindingKey;
import dev.holdfast.testing.TokenBindingSpecimen;
import dev.holdfast.tokenbinding.message.Keys;
import dev.holdfast.tokenbinding.message.Referral;
import dev.holdfast.tokenbinding.message.RefusedTokenBindingException;
import dev.holdfast.tokenbinding.message.TokenBindingMessage;
import dev.holdfast.tokenbinding.message.TokenBindingMessageVerifier;
import dev.holdfast.tokenbinding.message.UnknownTypes;
import org.junit.jupiter.api.Test;

class EstablishedTokenBindingsTest {
  private static EstablishedTokenBindings established(
      TokenBindingKey key, TokenBindingSpecimen... bindings) throws RefusedTokenBindingException {
    return EstablishedTokenBindings.of(
        new TokenBindingMessageVerifier(UnknownTypes.VERIFY)
            .verify(
                TokenBindingMessage.parse(TokenBindingSpecimen.message(bindings)),
                Keys.connection(1, key)));
  }

  @Test
  void tokensAreForTheReferredKeyAndForTheProvidedOneWhereThereIsNone_C57() throws Exception {
    EstablishedTokenBindings alone = established(Keys.EC, Keys.provided(Keys.EC));
    EstablishedTokenBindings both =
        established(Keys.EC, Keys.provided(Keys.EC), Keys.referred(Keys.OTHER_EC));

    assertThat(alone.referral()).isEqualTo(Referral.NONE);
    assertThat(alone.keyForTokens())
        .hasValueSatisfying(key -> assertThat(key.toBase64Url()).isEqualTo(Keys.EC.tbh()));
    assertThat(both.referral()).isEqualTo(Referral.KNOWN);
    assertThat(both.keyForTokens())
        .hasValueSatisfying(key -> assertThat(key.toBase64Url()).isEqualTo(Keys.OTHER_EC.tbh()));
  }

  @Test
  void noTokenIsForAKeyOfAnUnknownKind_T67_C57() throws Exception {
    EstablishedTokenBindings unsupported =
        established(
            Keys.EC, Keys.provided(Keys.EC), Keys.referred(Keys.OTHER_EC).withKeyParameters(96));

    assertThat(unsupported.referral()).isEqualTo(Referral.UNSUPPORTED);
    assertThat(unsupported.keyForTokens()).isEmpty();
  }
}
