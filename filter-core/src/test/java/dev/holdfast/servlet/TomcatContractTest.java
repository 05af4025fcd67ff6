package dev.holdfast.servlet;

import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.testing.contract.HoldfastContract;
import dev.holdfast.testing.contract.Server;
import dev.holdfast.testing.contract.ServerSpec;
import org.junit.jupiter.api.Tag;

/** The contract over Tomcat 11. */
@Tag("verify")
class TomcatContractTest extends HoldfastContract {

  @Override
  protected Server start(ServerSpec spec) {
    ContractServlets servlets =
        new ContractServlets(
            HoldfastFilter.builder().settings(SettingsReader.read(spec.settings())).build());
    return TomcatServer.start(spec, servlets, servlets::reached);
  }
}
