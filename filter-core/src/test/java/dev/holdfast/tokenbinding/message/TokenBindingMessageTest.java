package dev.holdfast.tokenbinding.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.internal.Base64Url;
import dev.holdfast.testing.TokenBindingSpecimen;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class TokenBindingMessageTest {
  private static final TokenBindingSpecimen PROVIDED = Keys.provided(Keys.EC);

  private static String refusal(byte[] message) {
    try {
      TokenBindingMessage.parse(message);
      return null;
    } catch (RefusedTokenBindingException refused) {
      return refused.rule();
    }
  }

  private static String refusal(TokenBindingSpecimen... bindings) {
    return refusal(TokenBindingSpecimen.message(bindings));
  }

  private static String fieldRefusal(String field) {
    try {
      TokenBindingMessage.parseField(field);
      return null;
    } catch (RefusedTokenBindingException refused) {
      return refused.rule();
    }
  }

  @Test
  void everyFieldIsReadAsItWasWritten_T73() throws Exception {
    TokenBindingSpecimen binding =
        PROVIDED.withExtension(7, new byte[] {1, 2}).withExtension(255, new byte[0]);

    TokenBinding read =
        TokenBindingMessage.parse(TokenBindingSpecimen.message(binding)).bindings().get(0);

    assertThat(read.type()).isEqualTo(TokenBinding.Type.PROVIDED);
    assertThat(read.typeValue()).isZero();
    assertThat(read.id().keyParameters()).contains(KeyParameters.ECDSAP256);
    assertThat(read.id().bytes()).isEqualTo(Keys.EC.id());
    assertThat(read.id().tbh()).isEqualTo(Keys.EC.tbh());
    assertThat(read.signature()).isEqualTo(binding.signature());
    assertThat(read.extensions()).hasSize(2);
    assertThat(read.extensions().get(0).type()).isEqualTo(7);
    assertThat(read.extensions().get(0).data()).containsExactly(1, 2);
    assertThat(read.extensions().get(1).type()).isEqualTo(255);
    assertThat(read.extensions().get(1).data()).isEmpty();
  }

  @Test
  void anEmptyMessageIsRefused() {
    assertThat(refusal(new byte[] {0, 0})).isEqualTo("the message has no token binding");
    assertThat(refusal(new byte[0])).isNotNull();
    assertThat(refusal(new byte[] {0})).isNotNull();
  }

  @Test
  void bindingsOfFewerThan132BytesAreRefused() {
    // type, key parameters, key length, a key, signature length, a signature, extensions length
    int others = 1 + 1 + 2 + 2 + 64 + 2;
    TokenBindingSpecimen opaque =
        PROVIDED.withType(Keys.UNKNOWN_TYPE).withKeyParameters(Keys.UNKNOWN_KEY_PARAMETERS);

    assertThat(refusal(opaque.withKey(new byte[132 - others]))).isNull();
    assertThat(refusal(opaque.withKey(new byte[131 - others])))
        .isEqualTo("the message's bindings have fewer than 132 bytes");
  }

  @Test
  void aMessageOf4096BytesIsReadAndALongerOneIsNot() {
    int rest = 4096 - TokenBindingSpecimen.message(PROVIDED).length - 3;

    assertThat(refusal(PROVIDED.withExtension(1, new byte[rest]))).isNull();
    assertThat(refusal(PROVIDED.withExtension(1, new byte[rest + 1])))
        .isEqualTo("the message is longer than 4096 bytes");
    String longest =
        Base64Url.encode(TokenBindingSpecimen.message(PROVIDED.withExtension(1, new byte[rest])));
    assertThat(longest).hasSize(TokenBindingMessage.MAX_CHARACTERS);
    assertThat(fieldRefusal(longest)).isNull();
    assertThat(fieldRefusal(longest + "A")).isEqualTo("the message is longer than 4096 bytes");
  }

  @Test
  void eightBindingsAreReadAndNineAreNot() {
    TokenBindingSpecimen[] eight =
        Collections.nCopies(8, PROVIDED).toArray(TokenBindingSpecimen[]::new);
    TokenBindingSpecimen[] nine = Arrays.copyOf(eight, 9);
    nine[8] = PROVIDED;

    assertThat(refusal(eight)).isNull();
    assertThat(refusal(nine)).isEqualTo("the message has more than 8 bindings");
  }

  @Test
  void unknownExtensionsAreReadOverAndMalformedOnesRefuseTheMessage_T67() {
    assertThat(refusal(PROVIDED.withExtension(9, new byte[300]))).isNull();
    assertThat(refusal(PROVIDED.withExtensions(new byte[] {9, 0, 1, 5}))).isNull();
    assertThat(refusal(PROVIDED.withExtensions(new byte[] {9, 0, 2, 5}))).isNotNull();
    assertThat(refusal(PROVIDED.withExtensions(new byte[] {9, 0, 1, 5, 9}))).isNotNull();
    assertThat(refusal(PROVIDED.withExtensions(new byte[] {9, 0}))).isNotNull();
  }

  @Test
  void aSignatureBelowItsFloorIsRefusedWhateverItsKeyIs_T70() {
    TokenBindingSpecimen opaque =
        PROVIDED.withKeyParameters(Keys.UNKNOWN_KEY_PARAMETERS).withType(Keys.UNKNOWN_TYPE);

    assertThat(refusal(opaque.withSignature(new byte[64]))).isNull();
    assertThat(refusal(opaque.withSignature(new byte[63])))
        .isEqualTo("a signature has at least 64 bytes");
  }

  @Test
  void unknownTypesAndUnknownKeyParametersAreOpaque_T67() throws Exception {
    byte[] message =
        TokenBindingSpecimen.message(
            PROVIDED.withType(200),
            PROVIDED.withType(201).withKeyParameters(96).withKey(new byte[] {1, 2, 3}),
            PROVIDED.withType(202).withKeyParameters(255).withKey(new byte[0]));

    TokenBindingMessage read = TokenBindingMessage.parse(message);

    assertThat(read.bindings()).extracting(TokenBinding::typeValue).containsExactly(200, 201, 202);
    assertThat(read.bindings()).allMatch(b -> b.type() == TokenBinding.Type.UNKNOWN);
    assertThat(read.bindings().get(1).id().keyParameters()).isEmpty();
    assertThat(read.bindings().get(1).id().keyParametersValue()).isEqualTo(96);
    assertThat(read.bindings().get(1).id().bytes()).containsExactly(96, 0, 3, 1, 2, 3);
  }

  @Test
  void aFieldHasOneSpelling_T72() {
    String field = Keys.field(PROVIDED);

    assertThat(fieldRefusal(field)).isNull();
    for (String other :
        new String[] {
          field + "=",
          field + "==",
          field + "\n",
          " " + field,
          field.substring(0, 9) + " " + field.substring(9),
          field.substring(0, 9) + "+" + field.substring(10),
          field.substring(0, 9) + "/" + field.substring(10),
          field.substring(0, field.length() - 1) + "P", // the same bytes, unused bits set
          field + "A",
          ""
        }) {
      assertThat(fieldRefusal(other)).as(other).isNotNull();
    }
  }

  @Test
  void noSecretIsShown() throws Exception {
    TokenBindingMessage message =
        TokenBindingMessage.parse(
            TokenBindingSpecimen.message(
                PROVIDED.withExtension(7, new byte[] {1, 2}),
                PROVIDED.withType(77).withKeyParameters(96)));

    assertThat(message.toString())
        .startsWith(
            "TokenBindingMessage[TokenBinding[PROVIDED, TokenBindingId[ecdsap256, "
                + Keys.EC.tbh().substring(0, 8)
                + "…], [TokenBindingExtension[type 7, 2 bytes]]], TokenBinding[type 77, "
                + "TokenBindingId[key parameters 96, ")
        .doesNotContain(Base64Url.encode(PROVIDED.signature()))
        .hasSizeLessThan(300);
  }

  @Test
  void whatIsGivenOutIsACopy() throws Exception {
    TokenBinding read =
        TokenBindingMessage.parse(
                TokenBindingSpecimen.message(PROVIDED.withExtension(7, new byte[] {1})))
            .bindings()
            .get(0);
    read.signature()[0]++;
    read.id().bytes()[5]++;
    read.extensions().get(0).data()[0]++;

    assertThat(read.signature()).isEqualTo(PROVIDED.signature());
    assertThat(read.id().bytes()).isEqualTo(Keys.EC.id());
    assertThat(read.extensions().get(0).data()).containsExactly(1);
    assertThatThrownBy(() -> read.extensions().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
