package dev.holdfast.testing.contract;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/**
 * Everything that a server protected by Holdfast must do. A subclass says how to start one; the
 * tests are in the interfaces.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class HoldfastContract
    implements HttpTableCases,
        CredentialCases,
        ConfirmationCases,
        PolicyCases,
        StepUpCases,
        OutageCases,
        MetadataCases,
        EventCases,
        DispatchCases,
        TargetCases,
        ProxyCases,
        ProxyCredentialCases,
        DpopCases,
        DpopNonceCases,
        ForwardingCases,
        OriginalTargetCases,
        ConcurrencyCases,
        SecrecyCases {
  private @Nullable ContractFixture fixture;

  /** Starts a server with the endpoints of {@link Server}. The contract closes it. */
  protected abstract Server start(ServerSpec spec);

  @BeforeAll
  final void makeTheFixture() {
    fixture = new ContractFixture(this::start);
  }

  @AfterAll
  final void closeTheFixture() {
    fixture().close();
  }

  @Override
  public final ContractFixture fixture() {
    if (fixture == null) {
      throw new IllegalStateException("the fixture is made before the first test");
    }
    return fixture;
  }
}
