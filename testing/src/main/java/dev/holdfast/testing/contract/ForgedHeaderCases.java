package dev.holdfast.testing.contract;

import static dev.holdfast.testing.contract.Answers.assertBound;
import static dev.holdfast.testing.contract.Answers.assertInvalidToken;
import static dev.holdfast.testing.contract.ProxyCases.ELSEWHERE;
import static dev.holdfast.testing.contract.ProxyCases.clientCert;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Headers of those who are no trusted proxy: T01 to T03. This holds in a container that shows no
 * peer too, because nobody is trusted there.
 */
public interface ForgedHeaderCases extends WithFixture {

  private Api elsewhere(String... more) {
    return fixture().api(ProxyCases.settings(ELSEWHERE, more));
  }

  private String boundToken() {
    return fixture().issuer().jwt(fixture().boundClaims());
  }

  @Test
  default void aForgedHeaderFromAnybodyElseCountsForNothing_T01() {
    Api api = elsewhere();
    String forged = clientCert(fixture().rightful());
    assertInvalidToken(api, () -> api.anonymous().get("/me", boundToken(), "Client-Cert", forged));
  }

  @Test
  default void aForgedHeaderWithoutAnyProxyIsTheSameAsNone_T02() {
    Api api = fixture().api();
    String forged = clientCert(fixture().rightful());
    assertInvalidToken(api, () -> api.anonymous().get("/me", boundToken(), "Client-Cert", forged));
    assertBound(
        api.rightful().get("/me", boundToken(), "Client-Cert", forged),
        fixture().rightful().thumbprint());
  }

  @ParameterizedTest
  @CsvSource({
    "X-Forwarded-For,10.0.0.1",
    "Forwarded,for=10.0.0.1",
    "X-Real-IP,10.0.0.1",
    "X-Forwarded-For,'10.0.0.1, 127.0.0.1'"
  })
  default void aForwardedAddressMakesNobodyTrusted_T03(String header, String value) {
    Api api = elsewhere();
    String forged = clientCert(fixture().rightful());
    assertInvalidToken(
        api, () -> api.anonymous().get("/me", boundToken(), "Client-Cert", forged, header, value));
  }

  @Test
  default void theApplicationSeesNothingThatAnUntrustedPeerForged_T01() {
    Api api = elsewhere("policy", "when-bound");
    String forged = clientCert(fixture().rightful());
    String bearer = fixture().issuer().jwt(fixture().issuer().claims(null));
    assertThat(api.thief().get("/seen", bearer, "Client-Cert", forged).body())
        .contains("\nremote: ")
        .doesNotContain(forged)
        .endsWith("\ncertificate: none\n");
  }
}
