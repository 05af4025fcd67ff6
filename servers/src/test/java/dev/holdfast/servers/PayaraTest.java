package dev.holdfast.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/** Payara 6 (Servlet 6.0). */
class PayaraTest extends ServerContract {
  private static final String BEFORE = "Payara's WebSocket support stands before every filter";

  @Override
  String distribution() {
    return "payara";
  }

  @Override
  RunningServer start(Path home, Path directory, KeyFiles keys) throws IOException {
    return Payara.start(home, directory, keys);
  }

  @Override
  public boolean handshakesPassFilters() {
    return false;
  }

  @Override
  @Test
  @Disabled(BEFORE)
  public void aHandshakeWithTheRightCertificatePasses() {}

  @Override
  @Test
  @Disabled(BEFORE)
  public void aHandshakeWithAStolenTokenIsRefused() {}

  @Override
  @Test
  @Disabled(BEFORE)
  public void aHandshakeWithoutATokenIsRefused() {}

  /** The filter refuses to start then; Payara does not stop the application for that. */
  @Test
  void anEndpointBeforeTheFilterIsNamedAndWhatTheFilterIsMappedToIsNotServed() {
    deployments().deployReadme("endpoint", Deployments.WITH_ENDPOINT);
    assertThat(deployments().process().output())
        .contains("did not start, and refuses every request")
        .contains("WebSocket handshakes would not pass the filter");
    String token = fixture().issuer().jwt(fixture().boundClaims());
    assertThat(
            RedeploymentCases.answer(
                deployments(), deployments().client(fixture().rightful()), "endpoint", token))
        .isEqualTo(500);
  }

  /** The same with a wrong setting: only the pages without the filter are served. */
  @Test
  void anApplicationWithAWrongSettingServesWhatIsOpenAndNothingElse() throws IOException {
    deployments().tryToDeploy("half", "holdfast.policy", "sometimes");
    deployments().process().await("it is deployed", () -> deployments().status("half") == 200);
    String token = fixture().issuer().jwt(fixture().boundClaims());
    assertThat(
            RedeploymentCases.answer(
                deployments(), deployments().client(fixture().rightful()), "half", token))
        .isEqualTo(500);
  }
}
