package dev.holdfast.tokenbinding.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;

class TokenBindingMessageFuzzTest {

  /**
   * A message that is read, written again, is the message; and verifying it throws nothing else.
   */
  @FuzzTest
  void anyBytesAreAMessageOrRefused_T66(byte[] bytes) {
    TokenBindingMessage message;
    try {
      message = TokenBindingMessage.parse(bytes);
    } catch (RefusedTokenBindingException refused) {
      assertThat(refused.rule()).isNotBlank();
      return;
    }
    assertThat(message.toString()).isNotBlank();
    assertThat(written(message)).isEqualTo(bytes);
    for (int parameters = 0; parameters < 3; parameters++) {
      try {
        VerifiedTokenBindings verified =
            new TokenBindingMessageVerifier(UnknownTypes.VERIFY)
                .verify(message, Keys.negotiated(Keys.ekm(1), parameters));
        assertThat(verified.provided().keyParametersValue()).isEqualTo(parameters);
      } catch (RefusedTokenBindingException refused) {
        assertThat(refused.rule()).isNotBlank();
      }
    }
  }

  private static byte[] written(TokenBindingMessage message) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (TokenBinding binding : message.bindings()) {
      ByteArrayOutputStream extensions = new ByteArrayOutputStream();
      for (TokenBindingExtension extension : binding.extensions()) {
        extensions.write(extension.type());
        vector(extensions, extension.data());
      }
      all.write(binding.typeValue());
      all.writeBytes(binding.id().bytes());
      vector(all, binding.signature());
      vector(all, extensions.toByteArray());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    vector(out, all.toByteArray());
    return out.toByteArray();
  }

  private static void vector(ByteArrayOutputStream out, byte[] content) {
    out.write(content.length >>> 8);
    out.write(content.length);
    out.writeBytes(content);
  }
}
