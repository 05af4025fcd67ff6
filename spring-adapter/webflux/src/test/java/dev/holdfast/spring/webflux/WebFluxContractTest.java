package dev.holdfast.spring.webflux;

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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;

/**
 * The contract over Reactor Netty, on a chain with Holdfast's issuers, JWT and opaque. A thread of
 * an event loop that blocks fails a case. The cases of forwards, includes and error pages are left
 * out, because WebFlux has none of them.
 */
@Tag("whole")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebFluxContractTest
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
      new ContractFixture(spec -> NettyServer.start(spec, Application.class));

  @BeforeAll
  static void watchTheEventLoops() {
    EventLoops.watch();
  }

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

  @Configuration(proxyBeanMethods = false)
  @EnableWebFluxSecurity
  static class Application {
    @Bean
    ContractApi webHandler() {
      return new ContractApi();
    }

    @Bean
    SecurityWebFilterChain chain(ServerHttpSecurity http, HoldfastIssuers issuers) {
      return http.authorizeExchange(
              exchanges ->
                  exchanges.pathMatchers("/public/**").permitAll().anyExchange().authenticated())
          .csrf(ServerHttpSecurity.CsrfSpec::disable)
          .oauth2ResourceServer(server -> server.authenticationManagerResolver(issuers.resolver()))
          .build();
    }
  }
}
