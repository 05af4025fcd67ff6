package dev.holdfast.tokenbinding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Refusal;
import dev.holdfast.internal.Base64Url;
import dev.holdfast.testing.TokenBindingKey;
import dev.holdfast.tokenbinding.message.Keys;
import dev.holdfast.tokenbinding.message.Referral;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyTokenBindingsTest {
  private static final String MINE = Keys.EC.encodedId();
  private static final String REFERRED = Keys.PSS.encodedId();
  private static final String OTHER = Keys.OTHER_EC.encodedId();

  private final TokenBindings backEnd = new ProxyTokenBindings(ProxyValue.ID);

  private static Request proxied() {
    return Request.fromProxy().provided(MINE);
  }

  private EstablishedTokenBindings established(Request request) {
    return (EstablishedTokenBindings) backEnd.of(request);
  }

  private String refusal(Request request) {
    TokenBindingState.Refused refused = (TokenBindingState.Refused) backEnd.of(request);
    assertThat(refused.refusal()).isEqualTo(Refusal.BINDING_NOT_PROVEN);
    return refused.rule();
  }

  @Test
  void theIdsOfATrustedProxyAreEstablished() {
    for (TokenBindingKey key : Keys.ALL) {
      EstablishedTokenBindings alone = established(Request.fromProxy().provided(key.encodedId()));
      assertThat(alone.provided().toBase64Url()).isEqualTo(key.tbh());
      assertThat(alone.referred()).isNull();
      assertThat(established(Request.fromProxy().provided(key.encodedId()))).isSameAs(alone);
    }
    EstablishedTokenBindings both = established(proxied().referred(REFERRED));
    assertThat(both.providedId().toBase64Url()).isEqualTo(MINE);
    assertThat(both.referredId().toBase64Url()).isEqualTo(REFERRED);
    assertThat(both.referred().toBase64Url()).isEqualTo(Keys.PSS.tbh());
    assertThat(established(proxied()).referred()).isNull();
  }

  @Test
  void fromAnyoneElseTheyCountForNothing_T01_T02() {
    established(proxied()); // known by now, and still nothing from a stranger

    assertThat(backEnd.of(Request.fromStranger().provided(MINE)))
        .isEqualTo(TokenBindingState.None.NONE);
    assertThat(backEnd.of(Request.fromStranger().provided("nonsense", MINE).referred(MINE)))
        .isEqualTo(TokenBindingState.None.NONE);
    assertThat(backEnd.of(Request.fromProxy())).isEqualTo(TokenBindingState.None.NONE);
  }

  @Test
  void severalFieldsOrAListAreRefused_T05() {
    assertThat(refusal(proxied().provided(MINE)))
        .isEqualTo("the proxy names more than one token binding");
    assertThat(refusal(Request.fromProxy().provided(OTHER, MINE)))
        .isEqualTo("the proxy names more than one token binding");
    assertThat(refusal(Request.fromProxy().provided(MINE + "," + OTHER))).contains("base64url");
    assertThat(refusal(proxied().referred(REFERRED, REFERRED)))
        .isEqualTo("the proxy names more than one token binding");
    assertThat(refusal(proxied().referred(REFERRED + ", " + OTHER))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "(null)",
        "::",
        "-",
        "null",
        "{http.request.header.Sec-Provided-Token-Binding-ID}",
        "$provided_token_binding_id",
        "\u0141\u0142",
        "A",
        "AA",
        "AgBB"
      })
  void whatIsNoIdIsRefused_T06(String value) {
    assertThat(refusal(Request.fromProxy().provided(value))).isNotNull();
    assertThat(refusal(proxied().referred(value))).isNotNull();
    assertThat(refusal(proxied().other("4d." + value))).isNotNull();
  }

  @Test
  void anIdHasOneSpelling_T72() {
    assertThat(refusal(Request.fromProxy().provided(MINE + "=")))
        .isEqualTo("the id is not canonical base64url");
    assertThat(refusal(Request.fromProxy().provided(" " + MINE))).isNotNull();
    assertThat(refusal(Request.fromProxy().provided(MINE + "A"))).isNotNull();
    assertThat(refusal(Request.fromProxy().provided(MINE.substring(1)))).isNotNull();
    assertThat(refusal(Request.fromProxy().provided(MINE.replaceAll(".$", "_")))).isNotNull();
  }

  @Test
  void theDigestIsNotTheId() {
    assertThat(refusal(Request.fromProxy().provided(Keys.EC.tbh()))).isNotNull();
    assertThat(refusal(proxied().referred(Keys.EC.tbh()))).isNotNull();
  }

  @Test
  void theStructureIsReadAsStrictlyAsInAMessage_T69() {
    byte[] offCurve = Keys.EC.id();
    offCurve[67] ^= 1;
    byte[] trailing = java.util.Arrays.copyOf(Keys.EC.id(), 69);

    assertThat(refusal(Request.fromProxy().provided(Base64Url.encode(offCurve))))
        .isEqualTo("the point is not on the curve");
    assertThat(refusal(Request.fromProxy().provided(Base64Url.encode(trailing))))
        .isEqualTo("the id has trailing bytes");
    assertThat(refusal(proxied().referred(Base64Url.encode(offCurve))))
        .isEqualTo("the point is not on the curve");
  }

  @Test
  void anIdOfAnUnknownKindProvesNothing() {
    byte[] unknown = Keys.EC.id();
    unknown[0] = Keys.UNKNOWN_KEY_PARAMETERS;

    assertThat(refusal(Request.fromProxy().provided(Base64Url.encode(unknown))))
        .isEqualTo("the provided key parameters are unknown");
    EstablishedTokenBindings refers = established(proxied().referred(Base64Url.encode(unknown)));
    assertThat(refers.referred()).isNull();
    assertThat(refers.referral()).as("C57").isEqualTo(Referral.UNSUPPORTED);
    assertThat(refers.keyForTokens()).isEmpty();
  }

  @Test
  void anIdOf1200BytesIsLookedAtAndALongerOneIsNot_T72() {
    byte[] longest = new byte[1200];
    longest[0] = Keys.UNKNOWN_KEY_PARAMETERS;
    longest[1] = (byte) (1197 >>> 8);
    longest[2] = (byte) 1197;

    established(proxied().referred(Base64Url.encode(longest)));
    assertThat(refusal(proxied().referred(Base64Url.encode(new byte[1201]))))
        .isEqualTo("the id is longer than 1200 bytes");
    assertThat(refusal(Request.fromProxy().provided("A".repeat(1_000_000))))
        .isEqualTo("the id is longer than 1200 bytes");
  }

  @Test
  void referredOrOthersWithoutProvidedAreRefused_T67() {
    assertThat(refusal(Request.fromProxy().referred(REFERRED)))
        .isEqualTo("the proxy names no provided token binding");
    assertThat(refusal(Request.fromProxy().other("4d." + OTHER)))
        .isEqualTo("the proxy names no provided token binding");
  }

  @Test
  void theMessageBesideWhatTheProxyVerifiedIsRefused() {
    assertThat(refusal(proxied().message(Keys.EC.header(Keys.ekm(1)))))
        .isEqualTo("the proxy sent sec-token-binding beside what it verified");
    assertThat(refusal(proxied().message("")))
        .isEqualTo("the proxy sent sec-token-binding beside what it verified");
    assertThat(backEnd.of(Request.fromProxy().message(Keys.EC.header(Keys.ekm(1)))))
        .as("the message alone, which nobody verified")
        .isEqualTo(TokenBindingState.None.NONE);
    TokenBindingState two = backEnd.of(proxied().message("a", "b"));
    assertThat(((TokenBindingState.Refused) two).refusal().status()).isEqualTo(400);
  }

  @Test
  void earlyDataIsRefused() {
    assertThat(refusal(proxied().with("Early-Data", "1")))
        .isEqualTo("a token binding is not used with early data");
    assertThat(backEnd.of(Request.fromProxy().with("Early-Data", "1")))
        .isEqualTo(TokenBindingState.None.NONE);
  }

  @Test
  void othersAreAListOfTypeAndIdAndEstablishNothing() {
    for (String list :
        new String[] {
          "4d." + OTHER,
          "4D." + OTHER,
          "2." + OTHER,
          "fF." + OTHER,
          "4d." + OTHER + ",B." + REFERRED,
          "4d." + OTHER + " ,\t B." + REFERRED,
        }) {
      assertThat(established(proxied().other(list))).as(list).isSameAs(established(proxied()));
    }
    assertThat(established(proxied().other("4d." + OTHER, "b." + OTHER))).isNotNull();
  }

  @Test
  void malformedOthersAreRefused_T06() {
    for (String list :
        new String[] {
          "",
          ",",
          OTHER,
          "." + OTHER,
          "4d" + OTHER,
          "04d." + OTHER,
          "4g." + OTHER,
          "+4." + OTHER,
          "\uff14." + OTHER, // a digit four that is none of ASCII's
          "0." + OTHER,
          "00." + OTHER,
          "01." + OTHER,
          "4d. " + OTHER,
          "4d." + OTHER + "=",
          "4d." + OTHER + ",",
          "4d." + OTHER + ",," + "4d." + OTHER,
          "4d." + OTHER + ".",
          "4d." + OTHER + ",nonsense"
        }) {
      assertThat(refusal(proxied().other(list))).as(list).isNotNull();
    }
    assertThat(refusal(proxied().other("4d." + OTHER + ",".repeat(9000))))
        .isEqualTo("the other token bindings are too long");
  }

  @Test
  void ngxTokenBindingSendsDigests() {
    TokenBindings behindNginx = new ProxyTokenBindings(ProxyValue.SHA256);
    Request request = Request.fromProxy().provided(Keys.EC.tbh()).referred(Keys.PSS.tbh());

    EstablishedTokenBindings established =
        (EstablishedTokenBindings) behindNginx.of(request.other("4d." + Keys.OTHER_EC.tbh()));

    assertThat(established.provided().toBase64Url()).isEqualTo(Keys.EC.tbh());
    assertThat(established.referred().toBase64Url()).isEqualTo(Keys.PSS.tbh());
    assertThat(established.providedId()).isNull();
    assertThat(established.referredId()).isNull();
    for (Request wrong :
        new Request[] {
          proxied(),
          request.other("4d." + OTHER),
          Request.fromProxy().provided(Keys.EC.tbh() + "="),
          Request.fromProxy().provided("")
        }) {
      assertThat(behindNginx.of(wrong)).isInstanceOf(TokenBindingState.Refused.class);
    }
    assertThat(behindNginx.of(Request.fromStranger().provided(Keys.EC.tbh())))
        .isEqualTo(TokenBindingState.None.NONE);
  }
}
