package dev.holdfast.spring.boot;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.spring.boot.settings.SettingNames;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration: where Holdfast enforces nothing, because the application serves no requests
 * by servlets or by WebFlux, or has no resource server on its class path, a setting under {@code
 * holdfast.} stops the start. It was meant to protect something.
 */
@AutoConfiguration
@Conditional(HoldfastElsewhereAutoConfiguration.WithoutAnEdge.class)
public final class HoldfastElsewhereAutoConfiguration {
  @Bean
  static Refusal holdfastRefusal(Environment environment) {
    String setting = SettingNames.in(environment).findFirst().orElse(null);
    if (setting != null) {
      throw new InvalidSettingException(
          setting,
          "it is set, and Holdfast enforces nothing in this application: it needs a web application on"
              + " servlets, or with Spring Boot 4 on WebFlux and Reactor Netty, with Spring Security's"
              + " OAuth 2.0 resource server on the class path",
          "Run the application as one, or remove every setting under holdfast., or say that nothing"
              + " is to be enforced here by spring.autoconfigure.exclude="
              + HoldfastElsewhereAutoConfiguration.class.getName());
    }
    return new Refusal();
  }

  /** Says that nothing was refused. */
  static final class Refusal {}

  /** Neither of Holdfast's edges is here. */
  static final class WithoutAnEdge extends NoneNestedConditions {
    WithoutAnEdge() {
      super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass(
        name = {
          "org.springframework.security.config.annotation.web.builders.HttpSecurity",
          "org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter",
          "org.springframework.security.oauth2.jwt.JwtDecoder"
        })
    static final class ServletResourceServer {}

    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    @ConditionalOnClass(
        name = {
          "org.springframework.security.config.web.server.ServerHttpSecurity",
          "org.springframework.security.oauth2.jwt.ReactiveJwtDecoder",
          "dev.holdfast.spring.webflux.ReactiveEnforcement",
          "reactor.netty.http.server.HttpServer"
        })
    static final class ReactiveResourceServer {}
  }
}
