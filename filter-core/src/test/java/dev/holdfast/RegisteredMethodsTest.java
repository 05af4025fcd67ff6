package dev.holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may bring a method, and what it may claim. */
class RegisteredMethodsTest {
  private static ConfirmationMethod.Builder other(String name) {
    return ConfirmationMethod.named(name).member("other");
  }

  @Test
  void theConstantsComeFirstThenWhatProvidersBring() {
    assertThat(ConfirmationMethod.all())
        .extracting(ConfirmationMethod::propertyName)
        .startsWith("token-binding", "certificate", "dpop")
        .contains("http-signature");
    assertThat(ConfirmationMethod.all()).isSorted();
  }

  static Stream<UnaryOperator<ConfirmationMethod.Builder>> clashes() {
    return Stream.of(
        method -> method.member("jkt"),
        method -> method.member("other"),
        method -> method.scheme("dpop"),
        method -> method.scheme("BEARER"),
        method -> method.scheme("Basic"),
        method -> method.requestHeader("dpop"),
        method -> method.responseHeader("DPOP-nonce"),
        method -> method.requestHeader("Authorization"));
  }

  @ParameterizedTest
  @MethodSource("clashes")
  void nothingIsClaimedTwice(UnaryOperator<ConfirmationMethod.Builder> clash) {
    ConfirmationMethod lawful = other("other").build();
    assertThat(RegisteredMethods.read(List.of(() -> lawful)).methods()).endsWith(lawful);
    ConfirmationMethod clashing = clash.apply(other("other")).build();
    assertThatIllegalStateException()
        .isThrownBy(() -> RegisteredMethods.read(List.of(() -> clashing)).methods())
        .withMessageContaining("the confirmation method other claims the ")
        .withMessageContaining("mend or remove it");
  }

  @Test
  void noNameIsTakenTwice() {
    ConfirmationMethod second = other("dpop").build();
    assertThatIllegalStateException()
        .isThrownBy(() -> RegisteredMethods.read(List.of(() -> second)).methods())
        .withMessageContaining("name dpop");
  }

  @Test
  void aProviderBringsAMethod() {
    ConfirmationMethodProvider empty = () -> null;
    assertThatIllegalStateException()
        .isThrownBy(() -> RegisteredMethods.read(List.of(empty)).methods())
        .withMessageContaining("brings no method");
  }

  @Test
  void aProviderThatCannotBeLoadedIsNamed() {
    Iterable<ConfirmationMethodProvider> broken =
        () -> {
          throw new ServiceConfigurationError("Provider a.B not found");
        };
    RegisteredMethods methods = RegisteredMethods.read(broken);
    assertThatIllegalStateException()
        .isThrownBy(methods::methods)
        .withMessage(
            "a provider in META-INF/services/dev.holdfast.ConfirmationMethodProvider cannot be"
                + " used, mend or remove it: Provider a.B not found");
    assertThatIllegalStateException().isThrownBy(() -> methods.startOf("Bearer abc"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Dpop", "a b", "a--b", "-a", "a-", "a_b"})
  void aNameIsLowerCaseWordsWithHyphens(String name) {
    assertThat(other("a-b2").build().propertyName()).isEqualTo("a-b2");
    assertThatIllegalArgumentException().isThrownBy(() -> other(name));
  }

  @Test
  void aMethodReadsAMemberAndItsFieldsAreTokens() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConfirmationMethod.named("other").build());
    assertThatIllegalArgumentException().isThrownBy(() -> other("other").scheme("A B"));
    assertThatIllegalArgumentException().isThrownBy(() -> other("other").requestHeader("A\r\nB"));
    assertThatIllegalArgumentException().isThrownBy(() -> other("other").responseHeader(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"token-binding", "TOKEN_BINDING", "tokenBinding", "Token Binding"})
  void aFrameworkFindsAMethodByWhateverSpellingItTakes(String text) {
    assertThat(ConfirmationMethod.valueOf(text)).isSameAs(ConfirmationMethod.TOKEN_BINDING);
    assertThatIllegalArgumentException().isThrownBy(() -> ConfirmationMethod.valueOf(text + "s"));
  }

  @Test
  void theSchemeOfAMethodSaysThatATokenIsBound() {
    assertThat(TokenKind.stated(Map.of("token_type", "httpsig"), "token_type"))
        .isEqualTo(TokenKind.BOUND_ACCESS_TOKEN);
    assertThat(Confirmation.of(Map.of("token_type", "HttpSig")))
        .isInstanceOf(Confirmation.Unusable.class);
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID_TOKEN, a_code, a text",
    "lower, a_code, a text",
    "A_PROOF, invalid_token, a text",
    "A_PROOF, invalid_request, a text",
    "A_PROOF, insufficient_scope, a text",
    "A_PROOF, a code, a text",
    "A_PROOF, a_code, 'a \"text'",
    "A_PROOF, a_code, 'a\ntext'"
  })
  void aProofsRefusalIsOfItsOwn(String name, String error, String description) {
    Refusal lawful = Refusal.ofProof("A_PROOF", "a_code", "a text", "the rule");
    assertThat(lawful.status()).isEqualTo(401);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Refusal.ofProof(name, error, description, "the rule"));
  }
}
