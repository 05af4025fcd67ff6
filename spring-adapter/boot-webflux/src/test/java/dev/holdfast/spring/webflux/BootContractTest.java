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
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;

/**
 * The contract in a Boot application on WebFlux, on a chain with Holdfast's issuers, JWT and
 * opaque. A thread of an event loop that blocks fails a case. The cases of forwards, includes and
 * error pages are left out, because WebFlux has none of them.
 */
@Tag("whole")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BootContractTest
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
      new ContractFixture(spec -> BootServer.start(spec, Application.class));

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

  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {
    @Bean
    ContractApi contractApi() {
      return new ContractApi();
    }

    @Bean
    HandlerMapping contract(ContractApi api) {
      return new SimpleUrlHandlerMapping(Map.of("/**", api), Ordered.HIGHEST_PRECEDENCE);
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
