package dev.holdfast.examples.authorizationserver;

import dev.holdfast.tls.tomcat.NegotiatingSslImplementation;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.server.authorization.InMemoryOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;

/** Token Binding: what the connector exports, and what is bound to it. */
@Configuration(proxyBeanMethods = false)
class TokenBindingConfiguration {

  @Bean
  ConnectionTokenBindings connectionTokenBindings(DemoProperties properties) {
    return ConnectionTokenBindings.of(properties.tokenBinding());
  }

  @Bean
  OAuth2AuthorizationService authorizations(
      RegisteredClientRepository clients, ConnectionTokenBindings connection) {
    return new BoundRefreshTokens(new InMemoryOAuth2AuthorizationService(), clients, connection);
  }

  /** The connector negotiates in the TLS handshake, and keeps what was exported. */
  @Bean
  @ConditionalOnProperty("demo.token-binding")
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> negotiatingConnector() {
    return tomcat ->
        tomcat.addConnectorCustomizers(
            connector -> NegotiatingSslImplementation.install(connector, List.of()));
  }
}
