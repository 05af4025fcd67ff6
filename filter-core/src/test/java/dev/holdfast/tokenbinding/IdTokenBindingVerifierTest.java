package dev.holdfast.tokenbinding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Binding;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.Sha256Digest;
import dev.holdfast.tokenbinding.IdTokenBindingVerifier.Confirmed;
import dev.holdfast.tokenbinding.IdTokenBindingVerifier.IdTokenRequirement;
import dev.holdfast.tokenbinding.IdTokenBindingVerifier.NotBound;
import dev.holdfast.tokenbinding.IdTokenBindingVerifier.Refused;
import dev.holdfast.tokenbinding.IdTokenBindingVerifier.Verdict;
import dev.holdfast.tokenbinding.message.Keys;
import dev.holdfast.tokenbinding.message.UnknownTypes;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdTokenBindingVerifierTest {
  /**
   * The example of the OpenID draft, section 3, which is also the referred key's of the vectors.
   */
  private static final String EXAMPLE = "suMuxh_IlrP-Zrj33LuQOQ5rX039cmBe-wt2df3BrUQ";

  private final TokenBindings relyingParty = new TlsTokenBindings(UnknownTypes.SKIP);

  private TokenBindingState state() {
    return relyingParty.of(
        Request.on(Keys.connection(1, Keys.EC))
            .message(Keys.EC.header(Keys.ekm(1), Keys.OTHER_EC)));
  }

  private static Verdict verify(Map<String, ?> claims, TokenBindingState state) {
    return new IdTokenBindingVerifier(IdTokenRequirement.REQUIRED).verify(claims, state);
  }

  private static Map<String, ?> cnf(String member, Object value) {
    return Map.of("iss", "https://op.test", "cnf", Map.of(member, value));
  }

  private static String rule(Verdict verdict) {
    return ((Refused) verdict).rule();
  }

  @Test
  void anIdTokenBoundToTheProvidedKeyIsConfirmed() {
    assertThat(verify(cnf("tbh", Keys.EC.tbh()), state()))
        .isEqualTo(
            new Confirmed(
                new Binding(
                    ConfirmationMethod.TOKEN_BINDING,
                    Sha256Digest.parse(Keys.EC.tbh()).orElseThrow())));
  }

  @Test
  void anIdTokenBoundToAnotherOrOnlyToTheReferredKeyIsRefused() {
    assertThat(rule(verify(cnf("tbh", Keys.PSS.tbh()), state())))
        .isEqualTo("the id token is bound to another key than the one provided");
    assertThat(rule(verify(cnf("tbh", Keys.OTHER_EC.tbh()), state())))
        .isEqualTo("the id token is bound to another key than the one provided");
  }

  /** The OpenID provider was referred to this key; here the user agent provides it. */
  @Test
  void theDraftsExampleIsConfirmedWithTheDraftsKey() {
    byte[] ekm =
        HexFormat.of().parseHex("0185546b23d33fd46610b3691a3165e98926d82531ee950cc5edf9c9bd757605");
    String message =
        "AIkAAgBBQKzyIrmcY_YCtHVoSHBut69vrGfFdy1_YKTZfFJv6BjrZsKD9b9FRzSBxDs1twTqnAS71M1RBumuihhI"
            + "9xqxXKkAQEtxe4jeUJU0WezxlQXWVSBFeHxFMdXRBIH_LKOSAuSMOJ0XEw1Q8DE248qkOiRKzw3KdSNYukYEPmO2"
            + "1bQi3YYAAA";
    TokenBindingState provided =
        relyingParty.of(Request.on(Keys.negotiated(ekm, 2)).message(message));

    assertThat(verify(cnf("tbh", EXAMPLE), provided)).isInstanceOf(Confirmed.class);
    assertThat(verify(cnf("tbh", EXAMPLE), state())).isInstanceOf(Refused.class);
  }

  @Test
  void anIdTokenWithoutCnfPassesOnlyWhereNoneIsRequired() {
    IdTokenBindingVerifier lenient = new IdTokenBindingVerifier(IdTokenRequirement.WHEN_BOUND);

    assertThat(lenient.verify(Map.of(), state())).isEqualTo(NotBound.NOT_BOUND);
    assertThat(rule(verify(Map.of(), state())))
        .isEqualTo("the id token is bound to no key, and one is required");
    assertThat(lenient.verify(cnf("tbh", Keys.PSS.tbh()), state())).isInstanceOf(Refused.class);
  }

  @Test
  void aCnfThatCannotBeEnforcedIsRefusedEvenWhereNoneIsRequired_T44() {
    IdTokenBindingVerifier lenient = new IdTokenBindingVerifier(IdTokenRequirement.WHEN_BOUND);
    String tbh = Keys.EC.tbh();

    for (Object cnf :
        List.of(
            "text",
            Map.of(),
            Map.of("tbh", ""),
            Map.of("tbh", tbh + "="),
            Map.of("tbh", 7),
            Map.of("kid", "a"),
            Map.of("x5t#S256", tbh),
            Map.of("tbh", tbh, "jkt", tbh))) {
      assertThat(lenient.verify(Map.of("cnf", cnf), state()))
          .as("%s", cnf)
          .isInstanceOf(Refused.class);
    }
    assertThat(verify(Map.of("cnf", Map.of("tbh", tbh, "kid", "a")), state()))
        .as("beside a known member an unknown one is ignored")
        .isInstanceOf(Confirmed.class);
  }

  @Test
  void withoutAnEstablishedBindingItIsRefused() {
    Request none = Request.on(Keys.connection(1, Keys.EC));

    assertThat(rule(verify(cnf("tbh", Keys.EC.tbh()), relyingParty.of(none))))
        .isEqualTo("no token binding is established on this connection");
    assertThat(rule(verify(cnf("tbh", Keys.EC.tbh()), relyingParty.of(none.message("x")))))
        .isEqualTo("the message is not canonical base64url");
  }
}
