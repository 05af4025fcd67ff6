package dev.holdfast.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.examples.service.Service;
import dev.holdfast.testing.DpopKey;
import dev.holdfast.testing.Identity;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway as it is started, in front of a service that has Holdfast too. */
@Tag("verify")
class GatewayAndServiceTest {
  private static final String SECRET = "thirty-two bytes, or a few more of it";

  private static World world;
  private static Service service;
  private static RunningGateway gateway;

  @BeforeAll
  static void start(@TempDir Path folder) {
    world = new World(folder);
    service = world.keep(new Service(world.issuers(), Service.EXTERNAL));
    gateway = inFrontOf(service);
  }

  private static RunningGateway inFrontOf(Service service, String... more) {
    return world.keep(
        new RunningGateway(
            world,
            service.uri(),
            Stream.concat(
                    Stream.of("--holdfast.proxies.external-uri=" + Service.EXTERNAL),
                    Stream.of(more))
                .toArray(String[]::new)));
  }

  @AfterAll
  static void stop() throws Exception {
    world.close();
  }

  @Test
  void aCertificateIsProvenToTheGatewayAndHandedOnToTheService() throws Exception {
    for (String token : world.boundTokens()) {
      HttpResponse<String> me = gateway.get("/me", world.rightful, token);
      assertThat(me.statusCode()).isEqualTo(200);
      assertThat(me.body()).isEqualTo("certificate " + world.rightful.thumbprint());
    }
  }

  @Test
  void aStolenTokenIsRefusedAtTheGatewayAndTheServiceNeverSeesIt() throws Exception {
    for (String token : world.boundTokens()) {
      for (Identity caller : new Identity[] {world.thief, null}) {
        service.assertUntouched(() -> gateway.get("/me", caller, token).statusCode());
        service.assertUntouched(
            () ->
                gateway
                    .call(
                        "GET",
                        "/me",
                        caller,
                        "Authorization",
                        "Bearer " + token,
                        "Client-Cert",
                        Certificates.byteSequence(world.rightful))
                    .statusCode());
      }
    }
  }

  @Test
  void aProofIsCheckedAtTheGatewayAndAgainAtTheService() throws Exception {
    DpopKey key = DpopKey.create();
    String token = world.boundToken(key);
    for (String path : new String[] {"/me", "/accounts/a%40b%2Cc", "/accounts/caf%C3%A9"}) {
      String proof = key.proof("GET", Service.EXTERNAL + path, token).sign();
      HttpResponse<String> me = gateway.get(path, token, proof);
      assertThat(me.statusCode()).as(path).isEqualTo(200);
      assertThat(me.body()).isEqualTo("dpop " + key.thumbprint());
      service.assertUntouched(() -> gateway.get(path, token, proof).statusCode());
    }
  }

  @Test
  void aProofByAnotherKeyOrOfTheServicesOwnAddressIsRefusedAtTheGateway() throws Exception {
    DpopKey key = DpopKey.create();
    String token = world.boundToken(key);
    String stolen = DpopKey.create().proof("GET", Service.EXTERNAL + "/me", token).sign();
    service.assertUntouched(() -> gateway.get("/me", token, stolen).statusCode());
    String inner = key.proof("GET", service.uri() + "/me", token).sign();
    service.assertUntouched(() -> gateway.get("/me", token, inner).statusCode());
  }

  @Test
  void oneSecretOfNoncesServesBoth() throws Exception {
    String[] nonces = {"--holdfast.dpop.nonce=always", "--holdfast.dpop.nonce-secret=" + SECRET};
    Service behind = world.keep(new Service(world.issuers(), Service.EXTERNAL, nonces));
    RunningGateway front = inFrontOf(behind, nonces);
    DpopKey key = DpopKey.create();
    String token = world.boundToken(key);
    String uri = Service.EXTERNAL + "/me";
    HttpResponse<String> asked = front.get("/me", token, key.proof("GET", uri, token).sign());
    assertThat(asked.statusCode()).isEqualTo(401);
    String nonce = asked.headers().firstValue("DPoP-Nonce").orElseThrow();
    String proof = key.proof("GET", uri, token).claim("nonce", nonce).sign();
    assertThat(front.get("/me", token, proof).statusCode()).isEqualTo(200);
  }

  @Test
  void eventsAreStreamedToTheRightfulClientOnly() throws Exception {
    String token = world.boundTokens().get(0);
    HttpResponse<String> events = gateway.get("/events", world.rightful, token);
    assertThat(events.statusCode()).isEqualTo(200);
    assertThat(events.body()).isEqualTo("data:one\n\ndata:two\n\n");
    service.assertUntouched(() -> gateway.get("/events", world.thief, token).statusCode());
  }

  @Test
  void aWebSocketIsOpenedByTheRightfulClientOnly() throws Exception {
    String token = world.boundTokens().get(0);
    CompletableFuture<String> answer = new CompletableFuture<>();
    WebSocket socket = gateway.open("/echo", world.rightful, token, new FirstText(answer));
    socket.sendText("hello", true).join();
    assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("hello");
    socket.abort();

    int before = service.arrived();
    assertThatThrownBy(() -> gateway.open("/echo", world.thief, token, new FirstText(answer)))
        .hasCauseInstanceOf(WebSocketHandshakeException.class);
    assertThat(service.arrived()).isEqualTo(before);
  }

  private record FirstText(CompletableFuture<String> text) implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.complete(data.toString());
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      text.completeExceptionally(error);
    }
  }
}
