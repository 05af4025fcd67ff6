package dev.holdfast.spring;

import dev.holdfast.testing.contract.HoldfastContract;
import dev.holdfast.testing.contract.Server;
import dev.holdfast.testing.contract.ServerSpec;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.error.ErrorPage;
import org.springframework.boot.web.error.ErrorPageRegistrar;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;

/** The contract over Spring Boot's Tomcat, on a chain with Holdfast's issuers, JWT and opaque. */
@Tag("verify")
class SpringContractTest extends HoldfastContract {

  @Override
  protected Server start(ServerSpec spec) {
    Map<String, String> properties = new HashMap<>(spec.settings());
    properties.put("server.http2.enabled", "true");
    if (spec.forwarding() == ServerSpec.Forwarding.REWRITES) {
      properties.put("server.forward-headers-strategy", "native");
    }
    ConfigurableApplicationContext context =
        Boot.start(spec.pki(), spec.identity(), properties, Application.class);
    ContractApi api = context.getBean(ContractApi.class);
    return new Server() {
      @Override
      public int port() {
        return Boot.port(context);
      }

      @Override
      public int reached() {
        return api.reached();
      }

      @Override
      public void close() {
        context.close();
      }
    };
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration(
      exclude = {
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        ErrorMvcAutoConfiguration.class
      })
  static class Application {
    @Bean
    ContractApi contractApi() {
      return new ContractApi();
    }

    @Bean
    ServletRegistrationBean<ContractApi> contractServlet(ContractApi api) {
      return new ServletRegistrationBean<>(api, "/");
    }

    @Bean
    @SuppressWarnings("deprecation") // 418 is the contract's
    ErrorPageRegistrar errorPages() {
      return registry ->
          registry.addErrorPages(new ErrorPage(HttpStatus.I_AM_A_TEAPOT, "/error-page"));
    }

    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      return http.authorizeHttpRequests(
              requests ->
                  requests.requestMatchers("/public/**").permitAll().anyRequest().authenticated())
          .csrf(AbstractHttpConfigurer::disable)
          .requestCache(AbstractHttpConfigurer::disable)
          .with(HoldfastConfigurer.holdfast(), Customizer.withDefaults())
          .build();
    }
  }
}
