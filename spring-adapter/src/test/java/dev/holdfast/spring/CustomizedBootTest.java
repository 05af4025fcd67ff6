package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.spring.issuers.HoldfastJwtDecoder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** An application that customizes Boot's decoder, which there may be or not. */
@Tag("verify")
class CustomizedBootTest {
  private final WebApplicationContextRunner web =
      new WebApplicationContextRunner()
          .withConfiguration(StartTest.ALL)
          .withInitializer(StartTest::registerCustomizer);

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
    web.withConfiguration(AutoConfigurations.of(BootParts.resourceServer()))
        .withPropertyValues(
            "spring.security.oauth2.resourceserver.jwt.issuer-uri=https://as.example")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context).doesNotHaveBean(HoldfastJwtDecoder.class);
            });
  }
}
