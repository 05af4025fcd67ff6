package dev.holdfast.tokenbinding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.ExportedKeyingMaterial;
import dev.holdfast.ExportedKeyingMaterial.Agreement;
import dev.holdfast.Refusal;
import dev.holdfast.testing.TokenBindingKey;
import dev.holdfast.testing.TokenBindingSpecimen;
import dev.holdfast.tokenbinding.message.Keys;
import dev.holdfast.tokenbinding.message.UnknownTypes;
import org.junit.jupiter.api.Test;

class TlsTokenBindingsTest {
  private static final String GOOD = Keys.EC.header(Keys.ekm(1));

  private final TokenBindings server = new TlsTokenBindings(UnknownTypes.SKIP);

  private static Request request() {
    return Request.on(Keys.connection(1, Keys.EC));
  }

  private static Request configured() {
    return Request.on(
        new ExportedKeyingMaterial(Keys.ekm(1), TokenBindingKey.ECDSAP256, Agreement.CONFIGURED));
  }

  private TokenBindingState.Refused refusal(Request request) {
    return (TokenBindingState.Refused) server.of(request);
  }

  private EstablishedTokenBindings established(Request request) {
    return (EstablishedTokenBindings) server.of(request);
  }

  @Test
  void aGoodMessageEstablishesItsBindings() {
    EstablishedTokenBindings provided = established(request().message(GOOD));
    EstablishedTokenBindings both =
        established(request().message(Keys.EC.header(Keys.ekm(1), Keys.PSS)));

    assertThat(provided.provided().toBase64Url()).isEqualTo(Keys.EC.tbh());
    assertThat(provided.providedId().toBase64Url()).isEqualTo(Keys.EC.encodedId());
    assertThat(provided.referred()).isNull();
    assertThat(provided.referredId()).isNull();
    assertThat(both.provided()).isEqualTo(provided.provided());
    assertThat(both.referred().toBase64Url()).isEqualTo(Keys.PSS.tbh());
    assertThat(both.referredId().toBase64Url()).isEqualTo(Keys.PSS.encodedId());
    assertThat(both.toString())
        .contains(Keys.EC.tbh().substring(0, 8))
        .contains(Keys.PSS.tbh().substring(0, 8))
        .doesNotContain(Keys.EC.tbh());
  }

  @Test
  void aLaterRequestIsAnsweredFromMemory() {
    TokenBindingState first = server.of(request().message(GOOD));

    assertThat(server.of(request().message(new String(GOOD.toCharArray())))).isSameAs(first);
  }

  /** What is remembered is good for its connection alone: no replay through the memory. */
  @Test
  void aRememberedMessageIsRefusedOnAnotherConnection_T71() {
    established(request().message(GOOD));
    Request other = Request.on(Keys.connection(2, Keys.EC));

    assertThat(refusal(other.message(GOOD)).refusal()).isEqualTo(Refusal.BINDING_NOT_PROVEN);
    assertThat(refusal(other.message(GOOD)).rule())
        .isEqualTo("the provided binding's signature does not hold");
    established(request().message(GOOD));
    established(other.message(Keys.EC.header(Keys.ekm(2))));
  }

  /** A forged message that shares all but its signature with the remembered one. */
  @Test
  void aForgedMessageIsRefusedBesideARememberedOneAndDoesNotReplaceIt_T71() {
    TokenBindingState remembered = server.of(request().message(GOOD));
    TokenBindingSpecimen good = Keys.provided(Keys.EC);
    String forged = Keys.field(good.withSignature(Keys.OTHER_EC.sign(0, 2, Keys.ekm(1))));

    assertThat(refusal(request().message(forged)).rule()).contains("signature");
    assertThat(refusal(request().message(forged)).rule()).contains("signature");
    assertThat(server.of(request().message(GOOD))).isSameAs(remembered);
  }

  @Test
  void anotherGoodMessageOnTheSameConnectionIsVerifiedAsWell() {
    String other = Keys.OTHER_EC.header(Keys.ekm(1));

    assertThat(established(request().message(GOOD)).provided().toBase64Url())
        .isEqualTo(Keys.EC.tbh());
    assertThat(established(request().message(other)).provided().toBase64Url())
        .isEqualTo(Keys.OTHER_EC.tbh());
    assertThat(established(request().message(GOOD)).provided().toBase64Url())
        .isEqualTo(Keys.EC.tbh());
  }

  @Test
  void twoServersShareNothing() {
    established(request().message(GOOD));

    assertThat(new TlsTokenBindings(UnknownTypes.SKIP).of(request().message(GOOD)))
        .isNotSameAs(server.of(request().message(GOOD)));
  }

  @Test
  void severalFieldsOrACommaAreABadRequest() {
    for (Request request :
        new Request[] {
          request().message(GOOD, GOOD),
          request().message(GOOD, ""),
          request().message(GOOD + ", " + GOOD),
          request().message(GOOD + ","),
          Request.on(null).message(GOOD, GOOD)
        }) {
      assertThat(refusal(request).refusal().status()).isEqualTo(400);
    }
    assertThat(refusal(request().message("")).refusal().status()).isEqualTo(401);
  }

  @Test
  void whatIsNotNegotiatedCountsForNothing() {
    assertThat(server.of(Request.on(null).message(GOOD))).isEqualTo(TokenBindingState.None.NONE);
    assertThat(server.of(Request.on(null).message("nonsense")))
        .isEqualTo(TokenBindingState.None.NONE);
    assertThat(server.of(Request.on(null))).isEqualTo(TokenBindingState.None.NONE);
  }

  @Test
  void negotiatedAndNotSentIsNothing() {
    assertThat(server.of(request())).isEqualTo(TokenBindingState.None.NONE);
  }

  @Test
  void aPortWhoseConfigurationFixesTheParametersRequiresTheField() {
    established(configured().message(GOOD));

    assertThat(refusal(configured()).refusal()).isEqualTo(Refusal.BINDING_NOT_PROVEN);
    assertThat(refusal(configured()).rule()).isEqualTo("this port requires a sec-token-binding");
  }

  @Test
  void aMessageInEarlyDataIsRefusedRememberedOrNot() {
    established(request().message(GOOD));

    for (String early : new String[] {"1", "0", "", "1, 1"}) {
      assertThat(refusal(request().message(GOOD).with("Early-Data", early)).rule())
          .isEqualTo("a token binding is not used with early data");
    }
    assertThat(server.of(request().with("Early-Data", "1"))).isEqualTo(TokenBindingState.None.NONE);
    established(request().message(GOOD));
  }

  @Test
  void aMessageThatIsRefusedSaysByWhichRule() {
    assertThat(refusal(request().message(GOOD + "=")).rule())
        .isEqualTo("the message is not canonical base64url");
    assertThat(refusal(request().message(Keys.PSS.header(Keys.ekm(1)))).rule())
        .isEqualTo("the provided key parameters are not those agreed on");
  }

  /** The proxy's fields are not for this source, whoever sent them. */
  @Test
  void whatAProxySaysCountsForNothingHere_T02() {
    Request stranger = Request.fromStranger().provided(Keys.EC.encodedId());
    Request proxy = Request.fromProxy().provided(Keys.EC.encodedId());

    assertThat(server.of(stranger)).isEqualTo(TokenBindingState.None.NONE);
    assertThat(server.of(proxy)).isEqualTo(TokenBindingState.None.NONE);
  }
}
