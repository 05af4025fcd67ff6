package dev.holdfast.servers;

import dev.holdfast.testing.contract.ConfirmationCases;
import dev.holdfast.testing.contract.ContractFixture;
import dev.holdfast.testing.contract.CredentialCases;
import dev.holdfast.testing.contract.DispatchCases;
import dev.holdfast.testing.contract.DpopCases;
import dev.holdfast.testing.contract.ForgedHeaderCases;
import dev.holdfast.testing.contract.HttpTableCases;
import dev.holdfast.testing.contract.PolicyCases;
import dev.holdfast.testing.contract.ServerSpec;
import dev.holdfast.testing.contract.TargetCases;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

/**
 * What the filter in a WAR must do in every server. The contract's cases are those that look at a
 * server from outside; each set of settings is one deployment of the application below a path of
 * its own.
 */
@Tag("verify")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServerContract
    implements HttpTableCases,
        CredentialCases,
        ConfirmationCases,
        PolicyCases,
        DispatchCases,
        TargetCases,
        DpopCases,
        ForgedHeaderCases,
        WebSocketCases,
        RedeploymentCases {
  private @Nullable ContractFixture fixture;
  private @Nullable Deployments deployments;

  /** The name of the distribution's directory. */
  abstract String distribution();

  /** Starts it in this new directory. */
  abstract RunningServer start(Path home, Path directory, KeyFiles keys) throws IOException;

  @BeforeAll
  final void startTheServer() {
    Path home = Distribution.orSkip(distribution());
    fixture = new ContractFixture(spec -> in(home, spec).deployed(spec));
    fixture.api();
  }

  private Deployments in(Path home, ServerSpec spec) {
    Deployments running = deployments;
    if (running == null) {
      running =
          Deployments.in(
              distribution(),
              spec,
              handshakesPassFilters() ? Deployments.WITH_ENDPOINT : Deployments.WITHOUT_ENDPOINT,
              (directory, keys) -> start(home, directory, keys));
      deployments = running;
    }
    return running;
  }

  @AfterAll
  final void stopTheServer() {
    if (fixture != null) {
      fixture.close();
    }
    if (deployments != null) {
      deployments.close();
    }
  }

  @Override
  public final ContractFixture fixture() {
    if (fixture == null) {
      throw new IllegalStateException("the fixture is made before the first test");
    }
    return fixture;
  }

  @Override
  public final Deployments deployments() {
    if (deployments == null) {
      throw new IllegalStateException("the server is started before the first test");
    }
    return deployments;
  }
}
