package dev.holdfast.examples.gateway;

import dev.holdfast.examples.service.ContractUpstream;
import dev.holdfast.examples.service.ContractView;
import dev.holdfast.testing.contract.ConcurrencyCases;
import dev.holdfast.testing.contract.ConfirmationCases;
import dev.holdfast.testing.contract.ContractFixture;
import dev.holdfast.testing.contract.CredentialCases;
import dev.holdfast.testing.contract.DpopCases;
import dev.holdfast.testing.contract.DpopNonceCases;
import dev.holdfast.testing.contract.ForwardingCases;
import dev.holdfast.testing.contract.HttpTableCases;
import dev.holdfast.testing.contract.MetadataCases;
import dev.holdfast.testing.contract.OriginalTargetCases;
import dev.holdfast.testing.contract.OutageCases;
import dev.holdfast.testing.contract.PolicyCases;
import dev.holdfast.testing.contract.ProxyCases;
import dev.holdfast.testing.contract.ProxyCredentialCases;
import dev.holdfast.testing.contract.SecrecyCases;
import dev.holdfast.testing.contract.Server;
import dev.holdfast.testing.contract.ServerSpec;
import dev.holdfast.testing.contract.StepUpCases;
import dev.holdfast.testing.contract.TargetCases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The contract over the gateway of this example, in front of endpoints without Holdfast: what the
 * gateway refuses never arrives there. The cases of forwards, includes and error pages are left
 * out, because a gateway has none of them.
 */
@Tag("whole")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayContractTest
    implements HttpTableCases,
        CredentialCases,
        ConfirmationCases,
        PolicyCases,
        OutageCases,
        MetadataCases,
        TargetCases,
        ProxyCases,
        ProxyCredentialCases,
        DpopCases,
        DpopNonceCases,
        ForwardingCases,
        OriginalTargetCases,
        ConcurrencyCases,
        SecrecyCases,
        StepUpCases {
  private final ContractFixture fixture = new ContractFixture(GatewayContractTest::start);

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
  @Disabled("Netty's own channel keeps the certificate of its connection: see docs/webflux.md")
  public void theContainersOwnRequestHasNoCertificateOfAHop_T18() {}

  private record Gateway(ConfigurableApplicationContext context, ContractUpstream upstream)
      implements Server {
    @Override
    public int port() {
      return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    @Override
    public int reached() {
      return upstream.reached();
    }

    @Override
    public void close() {
      upstream.close();
      context.close();
    }
  }

  private static Server start(ServerSpec spec) {
    ContractUpstream upstream = new ContractUpstream();
    SpringApplication application = GatewayApplication.application();
    application.addInitializers(
        context -> context.getBeanFactory().registerSingleton("contractView", new ContractView()));
    return new Gateway(application.run(settings(spec, upstream)), upstream);
  }

  private static String[] settings(ServerSpec spec, ContractUpstream upstream) {
    List<String> settings = new ArrayList<>();
    settings.add("--gateway.upstream=" + upstream.uri());
    settings.add("--server.port=0");
    settings.add("--server.address=127.0.0.1");
    settings.add("--server.http2.enabled=true");
    settings.add("--spring.main.banner-mode=off");
    // otherwise the gateway passes no field on that says where a request came from
    settings.add("--spring.cloud.gateway.server.webflux.trusted-proxies=127\\.0\\.0\\.1");
    spec.settings().forEach((name, value) -> settings.add("--" + name + "=" + value));
    if (spec.forwarding() == ServerSpec.Forwarding.REWRITES) {
      settings.add("--server.forward-headers-strategy=native");
    }
    try {
      Path folder = Files.createTempDirectory("holdfast-gateway");
      settings.add(
          "--server.ssl.certificate="
              + spec.identity().writeCertificateChain(folder.resolve("s.pem")).toUri());
      settings.add(
          "--server.ssl.certificate-private-key="
              + spec.identity().writePrivateKey(folder.resolve("s.key")).toUri());
      settings.add(
          "--server.ssl.trust-certificate="
              + spec.pki().writeTrustedCertificates(folder.resolve("trusted.pem")).toUri());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return settings.toArray(String[]::new);
  }
}
