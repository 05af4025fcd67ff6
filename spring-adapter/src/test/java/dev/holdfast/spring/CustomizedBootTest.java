package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.spring.issuers.HoldfastJwtDecoder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.JwkSetUriJwtDecoderBuilderCustomizer;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.web.OAuth2ResourceServerWebSecurityAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** An application that customizes Boot's decoder, which there may be or not. */
@Tag("verify")
class CustomizedBootTest {
  private final WebApplicationContextRunner web =
      new WebApplicationContextRunner()
          .withConfiguration(StartTest.ALL)
          .withUserConfiguration(Customizing.class);

  @Configuration(proxyBeanMethods = false)
  static class Customizing {
    @Bean
    JwkSetUriJwtDecoderBuilderCustomizer algorithms() {
      return builder -> {};
    }
  }

  @Test
  void withoutBootsSettingsTheDecoderIsHoldfasts() {
    web.withPropertyValues(StartTest.ISSUER, StartTest.AUDIENCE)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context).getBean(JwtDecoder.class).isInstanceOf(HoldfastJwtDecoder.class);
              assertThat(context).hasBean("holdfastSecurityFilterChain");
            });
  }

  @Test
  void withThemItIsTheOneThatTheApplicationCustomizes() {
    web.withConfiguration(
            AutoConfigurations.of(
                OAuth2ResourceServerAutoConfiguration.class,
                OAuth2ResourceServerWebSecurityAutoConfiguration.class))
        .withPropertyValues(
            "spring.security.oauth2.resourceserver.jwt.issuer-uri=https://as.example")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context).doesNotHaveBean(HoldfastJwtDecoder.class);
            });
  }
}
