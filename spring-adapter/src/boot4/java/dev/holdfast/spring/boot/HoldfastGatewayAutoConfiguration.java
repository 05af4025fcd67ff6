package dev.holdfast.spring.boot;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of Spring Cloud Gateway on servlets. Holdfast brings Apache HttpClient, and
 * Spring Boot takes it for the gateway's calls then. It keeps a service's cookies and sends them
 * with the next request, whoever that is from, and it sends a request again after a 503. A gateway
 * must do neither.
 */
@AutoConfiguration
@ConditionalOnClass(
    name = {
      "org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange",
      "org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer"
    })
public final class HoldfastGatewayAutoConfiguration {

  @Bean
  PassesOnOnly holdfastGatewayClient() {
    return new PassesOnOnly();
  }

  /** No lambda: Spring Boot has to see for which client it is. */
  static final class PassesOnOnly
      implements ClientHttpRequestFactoryBuilderCustomizer<
          HttpComponentsClientHttpRequestFactoryBuilder> {
    @Override
    public HttpComponentsClientHttpRequestFactoryBuilder customize(
        HttpComponentsClientHttpRequestFactoryBuilder builder) {
      return builder.withHttpClientCustomizer(
          client -> client.disableCookieManagement().disableAutomaticRetries());
    }
  }
}
