package dev.holdfast.spring;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementContextAutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.error.ErrorMvcAutoConfiguration;
import org.springframework.boot.web.server.ErrorPage;
import org.springframework.boot.web.server.ErrorPageRegistrar;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.web.PathPatternRequestMatcherBuilderFactoryBean;
import org.springframework.security.web.SecurityFilterChain;

/** The contract's server: its API, and a chain with Holdfast's issuers, JWT and opaque. */
@SpringBootConfiguration
@EnableAutoConfiguration(
    exclude = {
      DispatcherServletAutoConfiguration.class,
      WebMvcAutoConfiguration.class,
      ErrorMvcAutoConfiguration.class,
      ManagementContextAutoConfiguration.class // needs the first of these
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

  /** With the matchers that Spring Security 7 always has, which know the path of an include. */
  @Bean
  PathPatternRequestMatcherBuilderFactoryBean matchers() {
    return new PathPatternRequestMatcherBuilderFactoryBean();
  }

  @Bean
  SecurityFilterChain chain(HttpSecurity http) throws Exception {
    return http.authorizeHttpRequests(
            requests ->
                requests.requestMatchers("/public/**").permitAll().anyRequest().authenticated())
        .csrf(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .with(HoldfastConfigurer.holdfast(), Customizer.withDefaults())
        .build();
  }
}
