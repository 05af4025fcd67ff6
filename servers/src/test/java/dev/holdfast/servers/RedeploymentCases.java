package dev.holdfast.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.Reachable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** An application that is replaced while the server runs, and one whose settings are wrong. */
interface RedeploymentCases extends WithServer {
  /** One object of it lives as long as the class loader of an application does. */
  String TRACE = "dev.holdfast.servers.application.Trace";

  @Test
  default void redeploymentsLeaveNoClassLoader_C64() throws Exception {
    deployments().deployReadmeOnce(WebSocketCases.README);
    String token = fixture().issuer().jwt(fixture().boundClaims());
    openAWebSocket(WebSocketCases.README, token);
    long before = traces();
    assertThat(before).isEqualTo(1);
    for (int i = 0; i < 3; i++) {
      deployments().deployReadme("again");
      use("again");
      assertThat(traces()).isEqualTo(before + 1);
      deployments().undeploy("again");
      deployments()
          .process()
          .await(
              "nothing is left of the application",
              () -> {
                visit(WebSocketCases.README);
                return traces() == before;
              });
    }
  }

  /** A server may hold what its threads and connections served last, until they serve another. */
  private void visit(String application) {
    for (int i = 0; i < 4; i++) {
      deployments().visit(application);
    }
  }

  private long traces() {
    return Reachable.of(deployments().process().jcmd("GC.class_histogram")).count(TRACE);
  }

  /** Keys are fetched, introspection is asked, a WebSocket is opened: whatever has threads. */
  private void use(String application) throws Exception {
    String jwt = fixture().issuer().jwt(fixture().boundClaims());
    String opaque = fixture().issuer().opaque(fixture().boundClaims());
    HttpClient rightful = deployments().client(fixture().rightful());
    assertThat(answer(rightful, application, jwt)).isEqualTo(200);
    assertThat(answer(rightful, application, opaque)).isEqualTo(200);
    assertThat(answer(deployments().client(fixture().thief()), application, jwt)).isEqualTo(401);
    openAWebSocket(application, jwt);
  }

  private void openAWebSocket(String application, String token) throws Exception {
    if (handshakesPassFilters()) {
      assertThat(WebSocketCases.said(deployments(), application, fixture().rightful(), token))
          .isEqualTo("alice");
    }
  }

  private int answer(HttpClient client, String application, String token) {
    return answer(deployments(), client, application, token);
  }

  /** The status of the protected page of an application in the shape of the README. */
  static int answer(Deployments deployments, HttpClient client, String application, String token) {
    URI uri = URI.create("https://localhost:" + deployments.port() + '/' + application + "/api/me");
    HttpRequest request =
        HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token).build();
    try {
      return client.send(request, BodyHandlers.ofString()).statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Test
  default void aWrongSettingIsNamedAndNothingProtectedIsServed() throws Exception {
    try {
      deployments().tryToDeploy("wrong", "holdfast.policy", "sometimes");
    } catch (NotDeployedException refused) {
      // some servers say so at once, others in the log alone
    }
    String token = fixture().issuer().jwt(fixture().boundClaims());
    HttpClient rightful = deployments().client(fixture().rightful());
    deployments()
        .process()
        .await(
            "the log names the setting",
            () -> {
              answer(rightful, "wrong", token); // Open Liberty says so when the filter is needed
              return deployments().process().output().contains("holdfast.policy");
            });
    assertThat(answer(rightful, "wrong", token))
        .as("no decision, and no page: not there, or an error of the server")
        .isIn(404, 500, 503);
  }
}
