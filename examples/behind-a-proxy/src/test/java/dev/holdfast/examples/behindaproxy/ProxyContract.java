package dev.holdfast.examples.behindaproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.KeyKind;
import dev.holdfast.testing.TokenBindingKey;
import dev.holdfast.testing.Validity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds behind each of the proxies, with its configuration as it stands in the example. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ProxyContract {

  private final Product product;
  private RunningServers servers;

  ProxyContract(Product product) {
    this.product = product;
  }

  final RunningServers servers() {
    return servers;
  }

  /** The configuration with the mistake of letting the client's own header through. */
  abstract String leaky(String configuration);

  @BeforeAll
  void start() {
    Installed.orSkip(product);
    servers = RunningServers.start(product);
  }

  @AfterAll
  @SuppressWarnings("ConstantValue")
  void stop() {
    if (servers != null) {
      servers.close();
    }
  }

  /** T05, T07, T16, T17 with real certificates and real forgeries; T01, T03 past the proxy. */
  @TestFactory
  Stream<DynamicTest> theClientPassesAndNobodyElse_T01_T03_T05_T07_T16_T17() {
    return ProxyAttempts.list(servers).stream()
        .map(
            attempt ->
                DynamicTest.dynamicTest(
                    attempt.caller() + " " + attempt.action(),
                    () -> {
                      Attempt.Outcome outcome = attempt.make();
                      assertThat(outcome.isAsExpected()).as(outcome.summary()).isTrue();
                    }));
  }

  /** Without this, the refusals above could have any reason. */
  @Test
  void whoeverIsTrustedWouldBeBelievedInTheseHeaders() {
    Identity rightful = servers.identities().rightful();
    TokenBindingKey key = TokenBindingKey.generate(TokenBindingKey.ECDSAP256);
    Dialect own =
        Dialect.naming(rightful.certificate()).stream()
            .filter(dialect -> dialect.name().equals(dialectName()))
            .findFirst()
            .orElseThrow();

    Answer certificate =
        direct(servers.tokenOf(rightful), Spelling.AS_THE_PROXY.write(own.fields()));
    Answer tokenBinding =
        direct(servers.tokenOf(key), List.of("Sec-Provided-Token-Binding-ID: " + key.encodedId()));

    assertThat(certificate.status()).isEqualTo(200);
    assertThat(tokenBinding.status()).isEqualTo(200);
  }

  private String dialectName() {
    return product == Product.CADDY ? "rfc9440" : product.format();
  }

  private Answer direct(String token, List<String> more) {
    List<String> fields = new ArrayList<>(more);
    fields.add(token);
    return RawClient.over(null).get("127.0.0.1", servers.api().port(), "/me", fields);
  }

  @Test
  void aProxyThatLetsTheClientsOwnHeaderThroughIsFoundOut() {
    try (Workplace workplace = Workplace.create();
        Proxy proxy =
            Proxy.start(
                product,
                leaky(Proxy.configuration(product)),
                servers.identities().pki(),
                servers.api().port(),
                workplace)) {
      RunningServers leaking =
          new RunningServers(
              servers.identities(),
              workplace,
              servers.issuer(),
              servers.api(),
              proxy); // not closed
      Attempt forgery =
          ProxyAttempts.list(leaking).stream()
              .filter(attempt -> attempt.action().equals("headers as the proxy writes them"))
              .findFirst()
              .orElseThrow();

      Attempt.Outcome outcome = forgery.make();

      assertThat(outcome.answers()).anyMatch(Answer::isServed);
      assertThat(outcome.isAsExpected()).isFalse();
    }
  }

  @Test
  void overHttp2TheBindingIsComparedInEveryRequestOfAConnection_T97() throws Exception {
    Identities identities = servers.identities();
    HttpClient client = http2(identities.tls(identities.rightful()));
    String mine = servers.tokenOf(identities.rightful());
    String others = servers.tokenOf(identities.thief());
    for (int i = 0; i < 5; i++) {
      HttpResponse<String> served = send(client, mine);
      assertThat(served.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(served.statusCode()).isEqualTo(200);
      assertThat(served.body()).contains(identities.rightful().thumbprint());
      assertThat(send(client, others).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void overHttp2NothingForgedCounts_T01() throws Exception {
    Identities identities = servers.identities();
    for (SSLContext tls :
        List.of(identities.pki().sslContext(), identities.tls(identities.thief()))) {
      HttpClient client = http2(tls);
      assertThat(send(client, servers.tokenOf(identities.rightful())).statusCode()).isEqualTo(401);
      for (Dialect dialect : Dialect.naming(identities.rightful().certificate())) {
        for (Spelling spelling :
            List.of(Spelling.AS_THE_PROXY, Spelling.TWICE, Spelling.UNDERSCORES)) {
          List<String> lines = new ArrayList<>(spelling.write(dialect.fields()));
          lines.add(servers.tokenOf(identities.rightful()));
          HttpResponse<String> answer = send(client, lines.toArray(new String[0]));
          assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
          // Some proxies refuse a name with an underscore themselves.
          assertThat(answer.statusCode()).as(spelling.text()).isIn(400, 401);
        }
      }
    }
  }

  private static HttpClient http2(SSLContext tls) {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).sslContext(tls).build();
  }

  private HttpResponse<String> send(HttpClient client, String... lines)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("https://localhost:" + servers.proxy().port() + "/me"));
    for (String line : lines) {
      int colon = line.indexOf(": ");
      request.header(line.substring(0, colon), line.substring(colon + 2));
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** The proxy keeps its connections to the API: they carry one client's requests and another's. */
  @Test
  void clientsThatShareTheProxysConnectionsAreNotTakenForEachOther() {
    Identities identities = servers.identities();
    List<String> token = List.of(servers.tokenOf(identities.rightful()));
    for (int i = 0; i < 10; i++) {
      assertThat(me(identities.as(identities.rightful()), token).status()).isEqualTo(200);
      assertThat(me(identities.as(identities.thief()), token).status()).isEqualTo(401);
      assertThat(me(identities.anonymous(), token).status()).isEqualTo(401);
    }
  }

  private Answer me(RawClient client, List<String> fields) {
    return client.get("localhost", servers.proxy().port(), "/me", fields);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aResumedSessionStillHasItsCertificate_T15(String version) throws Exception {
    // Go's tickets of TLS 1.2 name no lifetime, and the JDK discards those ("NewSessionTicket with
    // lifetime 0"); Go keeps no sessions by ID. CaddyTest has OpenSSL resume one.
    assumeFalse(
        product == Product.CADDY && version.equals("TLSv1.2"),
        "the JDK discards Caddy's TLS 1.2 tickets, whose lifetime is 0");
    Identities identities = servers.identities();
    String token = servers.tokenOf(identities.rightful());
    SSLContext tls = identities.tls(identities.rightful());

    ResumableCall first = ResumableCall.make(tls, version, servers.proxy().port(), token);
    ResumableCall second = ResumableCall.make(tls, version, servers.proxy().port(), token);

    assertThat(first.status()).isEqualTo("200");
    assertThat(second.status()).isEqualTo("200");
    assertThat(second.sessionCreated()).isEqualTo(first.sessionCreated());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2_000, 4_000, 9_150})
  void aCertificateMayBeLong(int padding) throws Exception {
    Identity client =
        servers
            .identities()
            .pki()
            .clientCertificate(
                "CN=long" + ",OU=0123456789012345678901234567890123456789".repeat(padding / 51),
                padding == 0 ? KeyKind.EC : KeyKind.RSA,
                Validity.current());
    int length = client.certificate().getEncoded().length;
    assertThat(length).isBetween(padding + 400, padding + 1_000);

    Answer answer = me(servers.identities().as(client), List.of(servers.tokenOf(client)));

    assertThat(answer.status()).as(length + " bytes").isEqualTo(200);
    assertThat(answer.body()).contains(client.thumbprint());
  }

  @Test
  void aCertificateThatDoesNotVerifyIsNotForwardedEvenForItsOwnToken_T16() {
    Identities identities = servers.identities();
    for (Identity unverified : List.of(identities.impostor(), identities.expired())) {
      Answer answer = me(identities.as(unverified), List.of(servers.tokenOf(unverified)));
      assertThat(answer.isRefused() || answer.isShutOut()).as(answer.summary()).isTrue();
    }
  }

  @Test
  void whoHasNoCertificateGetsWhatNeedsNone() {
    Answer ping =
        servers
            .identities()
            .anonymous()
            .get("localhost", servers.proxy().port(), "/public/ping", List.of());

    assertThat(ping.status()).isEqualTo(200);
  }
}
