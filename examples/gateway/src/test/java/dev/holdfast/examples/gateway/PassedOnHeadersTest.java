package dev.holdfast.examples.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.mtls.header.CertificateHeaderFormat;
import dev.holdfast.testing.Identity;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What arrives behind the gateway of what a client sends. */
@Tag("verify")
class PassedOnHeadersTest {
  private static final String MARK = "FORGED";

  private static final List<String> TOKEN_BINDINGS =
      List.of(
          "Sec-Provided-Token-Binding-ID",
          "Sec-Referred-Token-Binding-ID",
          "Sec-Other-Token-Binding-ID");

  /**
   * What formats without a name of their own are often called, and what says where one came from.
   */
  private static final List<String> OTHERS =
      List.of(
          "Client-Cert-Chain",
          "ssl-client-cert",
          "ssl-client-verify",
          "X-SSL-Client-Used",
          "X-Client-Cert-Chain-Verified",
          "Cf-Cert-Verified",
          "Proxy-auth-cert",
          "Proxy-ssl-id",
          "X-Proxied-Https",
          "X-Original-URI",
          "X-Envoy-Original-Path",
          "Forwarded",
          "X-Forwarded-For",
          "X-Forwarded-Host",
          "X-Forwarded-Port",
          "X-Forwarded-Prefix",
          "X-Forwarded-Proto");

  private static World world;
  private static Recorder service;
  private static RunningGateway gateway;

  @BeforeAll
  static void start(@TempDir Path folder) {
    world = new World(folder);
    service = world.keep(new Recorder());
    gateway = world.keep(new RunningGateway(world, service.uri()));
  }

  @AfterAll
  static void stop() throws Exception {
    world.close();
  }

  /** A new format is looked at, too. */
  private static List<String> names() {
    Stream<String> formats =
        Stream.of(CertificateHeaderFormat.values())
            .flatMap(
                format ->
                    Stream.concat(format.headerNames().stream(), Stream.of(format.verifyName())));
    return Stream.of(formats.filter(Objects::nonNull), TOKEN_BINDINGS.stream(), OTHERS.stream())
        .flatMap(all -> all)
        .distinct()
        .toList();
  }

  private static List<String> forged(List<String> names) {
    List<String> fields = new ArrayList<>();
    names.forEach(name -> fields.addAll(List.of(name, MARK)));
    return fields;
  }

  private static List<String> passedOn(
      RunningGateway gateway, String path, Identity caller, List<String> fields) throws Exception {
    List<String> all = new ArrayList<>(fields);
    if (!path.startsWith("/public")) {
      all.addAll(List.of("Authorization", "Bearer " + world.boundTokens().get(0)));
    }
    HttpResponse<String> answer = gateway.call("GET", path, caller, all.toArray(String[]::new));
    assertThat(answer.statusCode()).isEqualTo(200);
    List<String> seen = service.fields();
    assertThat(seen).isNotEmpty();
    return seen;
  }

  private static List<String> values(List<String> seen, String name) {
    String start = name.toLowerCase(Locale.ROOT) + ": ";
    return seen.stream()
        .filter(field -> field.startsWith(start))
        .map(field -> field.substring(start.length()))
        .toList();
  }

  @Test
  void nothingThatAServiceMayBelieveOfAProxyIsPassedOnFromAClient_T05() throws Exception {
    List<List<String>> spellings =
        List.of(
            names(),
            names().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList(),
            names().stream().map(name -> name.replace('-', '_')).toList());
    for (List<String> spelling : spellings.subList(0, 2)) {
      for (Identity caller : new Identity[] {world.rightful, null}) {
        List<String> seen = passedOn(gateway, "/public/ping", caller, forged(spelling));
        assertThat(seen).noneMatch(field -> field.contains(MARK));
      }
      List<String> seen = passedOn(gateway, "/me", world.rightful, forged(spelling));
      assertThat(seen).noneMatch(field -> field.contains(MARK));
    }
    assertThat(passedOn(gateway, "/me", world.rightful, forged(spellings.get(2))))
        .filteredOn(field -> field.contains(MARK))
        .allMatch(field -> field.startsWith("x_forwarded_"));
  }

  @Test
  void otherHeadersAreThePathOfAClientToTheService() throws Exception {
    List<String> sent =
        List.of("X-Request-Id", "7", "Accept-Language", "eo", "If-Match", "\"cert\"");
    List<String> seen = passedOn(gateway, "/me", world.rightful, sent);
    assertThat(seen).contains("x-request-id: 7", "accept-language: eo", "if-match: \"cert\"");
    assertThat(values(seen, "Authorization")).hasSize(1);
  }

  @Test
  void theClientsCertificateIsHandedOnOnce_AndNoneWhereThereIsNone() throws Exception {
    String mine = Certificates.byteSequence(world.rightful);
    List<String> forged = List.of("Client-Cert", Certificates.byteSequence(world.thief));
    for (List<String> sent : List.of(List.<String>of(), forged)) {
      List<String> seen = passedOn(gateway, "/me", world.rightful, sent);
      assertThat(values(seen, "Client-Cert")).containsExactly(mine);
    }
    assertThat(values(passedOn(gateway, "/public/ping", null, forged), "Client-Cert")).isEmpty();
  }

  /** A client that lists it as a field of its connection takes nothing from the service. */
  @Test
  void theConnectionHeaderTakesNoCertificateAway_T07() throws Exception {
    SSLSocketFactory sockets = world.pki.sslContext(world.rightful).getSocketFactory();
    try (Socket socket = sockets.createSocket("localhost", gateway.port())) {
      String request =
          String.join(
              "\r\n",
              "GET /me HTTP/1.1",
              "Host: localhost",
              "Authorization: Bearer " + world.boundTokens().get(0),
              "Connection: close, Client-Cert",
              "\r\n");
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      assertThat(answer).startsWith("HTTP/1.1 200");
    }
    assertThat(values(service.fields(), "Client-Cert"))
        .containsExactly(Certificates.byteSequence(world.rightful));
  }

  /** A client in the gateway that keeps cookies would sign the next caller in as the last one. */
  @Test
  void noCookieOfTheServiceComesBackWithAnothersRequest() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(values(passedOn(gateway, "/me", world.rightful, List.of()), "Cookie")).isEmpty();
    }
  }

  /** The service compares it with the one in the proof. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/accounts/a%40b%2Cc",
        "/accounts/caf%C3%A9",
        "/a%20b/~c/d'e",
        "/a=b/d:e@f,g",
        "/accounts/?q=%2B"
      })
  void thePathArrivesAsTheClientWroteIt(String target) throws Exception {
    List<String> seen =
        passedOn(gateway, "/public" + target, null, List.of("X-Original-URI", "/forged"));
    String path = ("/public" + target).replaceFirst("\\?.*", "");
    assertThat(service.path()).isEqualTo(path);
    assertThat(values(seen, "X-Original-URI")).containsExactly(path);
  }

  /** A proof would be spent by the first of two requests. */
  @Test
  void noRequestIsSentAgain() throws Exception {
    int before = service.arrived();
    assertThat(gateway.call("GET", "/public/busy", null).statusCode()).isEqualTo(503);
    assertThat(service.arrived()).isEqualTo(before + 1);
  }

  @Test
  void aTokenBindingOfAProxyInFrontIsPassedOnAndThatOfAClientIsNot() throws Exception {
    List<String> sent = List.of(TOKEN_BINDINGS.get(0), "AgBBQA");
    for (String trusted : new String[] {"127.0.0.1/32", "10.0.0.0/8"}) {
      RunningGateway behind =
          world.keep(
              new RunningGateway(
                  world,
                  service.uri(),
                  "--holdfast.token-binding.source=header",
                  "--holdfast.proxies.trusted=" + trusted));
      List<String> seen = passedOn(behind, "/public/ping", null, sent);
      assertThat(values(seen, TOKEN_BINDINGS.get(0)).size())
          .isEqualTo(trusted.startsWith("127") ? 1 : 0);
    }
  }
}
