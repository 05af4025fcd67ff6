package dev.holdfast.spring;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.error.ErrorPage;
import org.springframework.boot.web.error.ErrorPageRegistrar;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;

/** The contract's server: its API, and a chain with Holdfast's issuers, JWT and opaque. */
@SpringBootConfiguration
@EnableAutoConfiguration(
    exclude = {
      DispatcherServletAutoConfiguration.class,
      WebMvcAutoConfiguration.class,
      ErrorMvcAutoConfiguration.class
    })
class ContractApplication {
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
