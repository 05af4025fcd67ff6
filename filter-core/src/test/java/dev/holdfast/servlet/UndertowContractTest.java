package dev.holdfast.servlet;

import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.testing.contract.HoldfastContract;
import dev.holdfast.testing.contract.Server;
import dev.holdfast.testing.contract.ServerSpec;
import org.junit.jupiter.api.Tag;

/** The contract over Undertow 2.3. */
@Tag("verify")
class UndertowContractTest extends HoldfastContract {

  @Override
  protected Server start(ServerSpec spec) {
    ContractServlets servlets =
        new ContractServlets(
            HoldfastFilter.builder().settings(SettingsReader.read(spec.settings())).build());
    return UndertowServer.start(spec, servlets, servlets::reached);
  }
}
