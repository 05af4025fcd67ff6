package dev.holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.PresentedToken.Scheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PresentationTest {
  private static PresentedToken tokenIn(TestRequest request) {
    return (PresentedToken) AuthorizationField.in(request);
  }

  private static Refusal refusalOf(TestRequest request) {
    return ((Presentation.None) AuthorizationField.in(request)).refusal();
  }

  @Test
  void oneTokenIsPresented() {
    PresentedToken token = tokenIn(TestRequest.bearing("Bearer abc.DEF-_~+/=="));

    assertThat(token.scheme()).isEqualTo(Scheme.BEARER);
    assertThat(token.value()).isEqualTo("abc.DEF-_~+/==");
  }

  @ParameterizedTest
  @CsvSource({
    "Bearer, Bearer",
    "bearer, Bearer",
    "bEaReR, Bearer",
    "BEARER, Bearer",
    "DPoP, DPoP",
    "dpop, DPoP",
    "DPOP, DPoP"
  })
  void theSchemeIsReadInAnyCase_T21(String spelled, String text) {
    Scheme scheme = tokenIn(TestRequest.bearing(spelled + " abc")).scheme();
    assertThat(scheme).isIn(Scheme.BEARER, ConfirmationMethod.DPOP.scheme());
    assertThat(scheme.text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic YTpi", "BearerX abc", "Bearer-Token abc", "DPoPabc", "Bear abc"})
  void anotherSchemeIsNoCredentialOfOurs(String field) {
    assertThat(refusalOf(TestRequest.bearing(field))).isEqualTo(Refusal.NO_CREDENTIALS);
  }

  @Test
  void noFieldIsNoCredential() {
    assertThat(refusalOf(TestRequest.bearing())).isEqualTo(Refusal.NO_CREDENTIALS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "Bearer ", "Bearer    ", "DPoP ", "dpop"})
  void anEmptyCredentialIsNone_T26(String field) {
    assertThat(refusalOf(TestRequest.bearing(field))).isEqualTo(Refusal.NO_CREDENTIALS);
  }

  @Test
  void twoFieldsAreSeveralCredentials_T19() {
    assertThat(refusalOf(TestRequest.bearing("Bearer a", "DPoP b")))
        .isEqualTo(Refusal.SEVERAL_CREDENTIALS);
    assertThat(refusalOf(TestRequest.bearing("Bearer a", "Bearer a")))
        .isEqualTo(Refusal.SEVERAL_CREDENTIALS);
    assertThat(refusalOf(TestRequest.bearing("Basic YTpi", "Bearer a")))
        .isEqualTo(Refusal.SEVERAL_CREDENTIALS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer a, DPoP b", "Bearer a,DPoP b", "Bearer a, Bearer a", "Bearer a,"})
  void twoCredentialsInOneFieldAre400_T19(String field) {
    assertThat(refusalOf(TestRequest.bearing(field)).status()).isEqualTo(400);
    assertThat(refusalOf(TestRequest.bearing(field)).error()).isEqualTo("invalid_request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer\u00a0abc",
        "Bearer\tabc",
        "Bearer \tabc",
        "Bearer abc def",
        "Bearer abc ",
        "Bearer abc\t",
        "Bearer abc\u00a0",
        "Bearer abc\n",
        "Bearer abc;",
        "Bearer \"abc\"",
        "Bearer=abc",
        "Bearer,abc",
        "Bearer a=b",
        "Bearer =",
        "Bearer ====",
        "Bearer =abc",
        "Bearer \u0430bc",
        "Bearer abc\u0000",
        "Bearer ab%63"
      })
  void onlySpacesAndOneToken68AreAccepted_T22(String field) {
    assertThat(refusalOf(TestRequest.bearing(field))).isEqualTo(Refusal.MALFORMED_CREDENTIALS);
  }

  @Test
  void severalSpacesAreOneSeparator_T22() {
    assertThat(tokenIn(TestRequest.bearing("Bearer   abc")).value()).isEqualTo("abc");
  }

  @Test
  void everyCharacterOutsideTheAlphabetIsRefused_T23() {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=";
    for (char character = 0; character < 0x180; character++) {
      Presentation presentation =
          AuthorizationField.in(TestRequest.bearing("Bearer a" + character));
      assertThat(presentation instanceof PresentedToken)
          .as("character %d", (int) character)
          .isEqualTo(alphabet.indexOf(character) >= 0);
    }
  }

  @Test
  void sixteenKibibytesAreAcceptedAndOneMoreIsNot_T23() {
    String longest = "a".repeat(16 * 1024);

    assertThat(tokenIn(TestRequest.bearing("Bearer " + longest)).value()).isEqualTo(longest);
    assertThat(tokenIn(TestRequest.bearing("Bearer      " + longest)).value()).isEqualTo(longest);
    assertThat(refusalOf(TestRequest.bearing("Bearer " + longest + "a")))
        .isEqualTo(Refusal.MALFORMED_CREDENTIALS);
    assertThat(refusalOf(TestRequest.bearing("Bearer " + longest + "=")))
        .isEqualTo(Refusal.MALFORMED_CREDENTIALS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "access_token=b",
        "access_token",
        "access_token=",
        "x=1&access_token=b",
        "x=1&access_token",
        "x&access_token=b&y",
        "&&access_token=b",
        "access%5ftoken=b",
        "%61ccess_token=b",
        "access_toke%6e=b"
      })
  void aTokenInTheHeaderAndInTheQueryIs400_T20(String query) {
    assertThat(refusalOf(TestRequest.bearing("Bearer a").query(query)))
        .isEqualTo(Refusal.SEVERAL_CREDENTIALS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x=access_token",
        "my_access_token=b",
        "access_token2=b",
        "Access_Token=b",
        "access+token=b",
        "access_token%zz=b",
        "%",
        "x=%zz"
      })
  void anotherQueryIsNoCredential_T20(String query) {
    assertThat(tokenIn(TestRequest.bearing("Bearer a").query(query)).value()).isEqualTo("a");
  }

  @Test
  void aTokenInTheQueryAloneIsNeverRead_T20() {
    assertThat(refusalOf(TestRequest.bearing().query("access_token=abc")))
        .isEqualTo(Refusal.NO_CREDENTIALS);
  }

  @ParameterizedTest
  @CsvSource({
    "a.b.c, true",
    "a.b., true",
    "abc, false",
    "a.b, false",
    "a.b.c.d, false",
    "a.b.c.d.e, false"
  })
  void aJwtHasTwoDots(String text, boolean jwt) {
    assertThat(PresentedToken.of(Scheme.BEARER, text).hasJwtShape()).isEqualTo(jwt);
    assertThat(tokenIn(TestRequest.bearing("Bearer  " + text)).hasJwtShape()).isEqualTo(jwt);
  }

  @Test
  void theDigestIsOfTheTokenAloneWhateverStoodBeforeIt() {
    Sha256Digest digest = Sha256Digest.of(new byte[] {'a', 'b', 'c'});

    assertThat(tokenIn(TestRequest.bearing("Bearer abc")).digest()).isEqualTo(digest);
    assertThat(tokenIn(TestRequest.bearing("dpop     abc")).digest()).isEqualTo(digest);
    assertThat(PresentedToken.of(ConfirmationMethod.DPOP.scheme(), "abc").digest())
        .isEqualTo(digest);
  }

  @Test
  void theTextOfATokenIsNotInItsToString_T91() {
    PresentedToken token = tokenIn(TestRequest.bearing("Bearer secret-token-text"));

    assertThat(token.toString()).startsWith("Bearer ").doesNotContain("secret", "token", "text");
  }

  @Test
  void aTokenMadeByHandObeysTheSameAlphabet() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PresentedToken.of(Scheme.BEARER, "a b"))
        .withMessageNotContaining("a b");
  }
}
