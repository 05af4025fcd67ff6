package dev.holdfast.testing.contract;

import static dev.holdfast.testing.contract.Answers.assertBound;
import static dev.holdfast.testing.contract.Answers.assertInvalidToken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.Identity;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who is believed about the client's certificate, and what is shown of it: T01 to T05, T17, T18.
 */
public interface ProxyCases extends ForgedHeaderCases {
  /** Every client of these tests connects from the loopback interface. */
  String PROXY = "127.0.0.0/8,::1";

  /** Where no client of these tests connects from. */
  String ELSEWHERE = "10.0.0.0/8,2001:db8::/32";

  static String clientCert(Identity identity) {
    try {
      byte[] der = identity.certificate().getEncoded();
      return ':' + Base64.getEncoder().encodeToString(der) + ':';
    } catch (java.security.cert.CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private Api behind(String trusted, String... more) {
    return fixture().api(settings(trusted, more));
  }

  /** An API that takes certificates from the {@code Client-Cert} of these peers. */
  static String[] settings(String trusted, String... more) {
    Stream<String> own =
        Stream.of(
            "certificate.source",
            "header",
            "certificate.header.format",
            "rfc9440",
            "proxies.trusted",
            trusted);
    return Stream.concat(own, Stream.of(more)).toArray(String[]::new);
  }

  private String bound() {
    return fixture().issuer().jwt(fixture().boundClaims());
  }

  private String bearer() {
    return fixture().issuer().jwt(fixture().issuer().claims(null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/me", "/async", "/forward"})
  default void aTrustedProxyIsBelievedAboutItsClient(String path) {
    Api api = behind(PROXY);
    String rightful = clientCert(fixture().rightful());
    assertBound(
        api.anonymous().get(path, bound(), "Client-Cert", rightful),
        fixture().rightful().thumbprint());
    String thief = clientCert(fixture().thief());
    assertInvalidToken(api, () -> api.anonymous().get(path, bound(), "Client-Cert", thief));
  }

  @Test
  default void aContainerThatRewritesThePeerMakesNobodyTrusted_T03() {
    String[] settings = settings(ELSEWHERE, "policy", "when-bound");
    Api api = fixture().rewriting(settings);
    assertThat(api.anonymous().get("/seen", bearer(), "X-Forwarded-For", "10.0.0.1").body())
        .as("the container's feature is on")
        .contains("\nremote: 10.0.0.1\n");
    String forged = clientCert(fixture().rightful());
    assertInvalidToken(
        api,
        () ->
            api.anonymous()
                .get("/me", bound(), "Client-Cert", forged, "X-Forwarded-For", "10.0.0.1"));
  }

  @Test
  default void aContainerThatRewritesThePeerTakesNoTrustAway_T03() {
    Api api = fixture().rewriting(settings(PROXY));
    assertBound(
        api.anonymous()
            .get(
                "/me",
                bound(),
                "Client-Cert",
                clientCert(fixture().rightful()),
                "X-Forwarded-For",
                "203.0.113.9"),
        fixture().rightful().thumbprint());
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.0/8,::1", "::ffff:127.0.0.0/104,::1"})
  default void aLoopbackPeerIsMatchedInEitherNotation_T04(String trusted) {
    Api api = behind(trusted);
    assertBound(
        api.anonymous().get("/me", bound(), "Client-Cert", clientCert(fixture().rightful())),
        fixture().rightful().thumbprint());
  }

  @Test
  default void twoHeadersAreRefusedWhicheverIsFirst_T05() {
    Api api = behind(PROXY);
    String mine = clientCert(fixture().thief());
    String forged = clientCert(fixture().rightful());
    for (String[] order : new String[][] {{mine, forged}, {forged, mine}, {forged, forged}}) {
      assertInvalidToken(
          api,
          () ->
              api.anonymous()
                  .get("/me", bound(), "Client-Cert", order[0], "Client-Cert", order[1]));
    }
    assertInvalidToken(
        api, () -> api.anonymous().get("/me", bound(), "Client-Cert", forged + ", " + forged));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Client_Cert", "client_cert", "Client.Cert"})
  default void aTwinOfTheHeaderIsIgnoredAndHidden_T17(String twin) {
    String forged = clientCert(fixture().rightful());
    Api api = behind(PROXY, "policy", "when-bound");
    assertInvalidToken(api, () -> api.anonymous().get("/me", bound(), twin, forged));
    assertThat(api.anonymous().get("/seen", bearer(), twin, forged).body())
        .doesNotContain(forged)
        .endsWith("\ncertificate: none\n");
  }

  @Test
  default void theProxysOwnCertificateIsNeverTheClients_T18() {
    Map<String, String[]> settings =
        Map.of(
            "from the header", settings(PROXY),
            "from TLS", new String[] {"proxies.trusted", PROXY},
            "beside Token Binding",
                new String[] {"proxies.trusted", PROXY, "token-binding.source", "header"});
    settings.forEach(
        (name, of) -> {
          Api api = fixture().api(of);
          assertInvalidToken(api, () -> api.rightful().get("/me", bound()));
        });
    Api open = behind(PROXY, "policy", "when-bound");
    assertThat(open.rightful().get("/seen", bearer()).body()).endsWith("\ncertificate: none\n");
  }

  @Test
  default void aClientThatConnectsItselfKeepsItsCertificateBesideAProxy() {
    Api api = fixture().api("proxies.trusted", ELSEWHERE);
    assertBound(api.rightful().get("/me", bound()), fixture().rightful().thumbprint());
  }

  @Test
  default void theApplicationSeesTheCertificateThatATrustedProxyVouchesFor() {
    Api api = behind(PROXY, "policy", "when-bound");
    String mine = clientCert(fixture().rightful());
    assertThat(api.thief().get("/seen", bearer(), "Client-Cert", mine).body())
        .contains("client-cert: " + mine + '\n')
        .endsWith("\ncertificate: " + fixture().rightful().thumbprint() + '\n');
  }

  @ParameterizedTest
  @ValueSource(strings = {"/seen?async", "/seen?async-timeout", "/seen?async-supplied"})
  default void soDoesTheRequestOfAnAsynchronousContext_T01_T18(String target) {
    String mine = clientCert(fixture().rightful());
    Api elsewhere = behind(ELSEWHERE, "policy", "when-bound");
    assertThat(elsewhere.thief().get(target, bearer(), "Client-Cert", mine).body())
        .contains("\nremote: ")
        .doesNotContain(mine)
        .endsWith("\ncertificate: none\n");
    Api open = behind(PROXY, "policy", "when-bound");
    assertThat(open.thief().get(target, bearer()).body())
        .contains("\nremote: ")
        .endsWith("\ncertificate: none\n");
    assertThat(open.thief().get(target, bearer(), "Client-Cert", mine).body())
        .endsWith("\ncertificate: " + fixture().rightful().thumbprint() + '\n');
  }

  @Test
  default void theContainersOwnRequestHasNoCertificateOfAHop_T18() {
    for (String trusted : new String[] {PROXY, ELSEWHERE}) {
      Api api = behind(trusted, "policy", "when-bound");
      assertThat(api.thief().get("/seen", bearer()).body()).contains("\nbeneath: none\n");
    }
  }

  /** No proxy has a say in it, so that it is nobody's word but the client's. */
  @Test
  default void aHeaderBehindTheBodyIsHiddenWhoeverSentIt_T01() {
    String forged = clientCert(fixture().rightful());
    for (String trusted : new String[] {PROXY, ELSEWHERE}) {
      Api api = behind(trusted, "policy", "when-bound");
      String request =
          String.join(
              "\r\n",
              "POST /seen HTTP/1.1",
              "Host: localhost",
              "Connection: close",
              "Trailer: Client-Cert",
              "Transfer-Encoding: chunked",
              "Authorization: Bearer " + bearer(),
              "",
              "1\r\nx\r\n0",
              "Client-Cert: " + forged,
              "\r\n");
      assertThat(api.anonymous().raw(request).text()).contains("\nremote: ").doesNotContain(forged);
    }
  }
}
