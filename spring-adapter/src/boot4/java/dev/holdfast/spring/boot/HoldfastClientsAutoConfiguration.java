package dev.holdfast.spring.boot;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.ClassUtils;

/**
 * Auto-configuration of the application's own HTTP clients. Holdfast brings Apache HttpClient, and
 * Spring Boot takes it for them then. It keeps a service's cookies and sends them with the next
 * request, in whoever's name that is, it sends a request again after a 503, and five requests to a
 * host are under way at most. The client that an application has without Holdfast does none of
 * this, and a gateway must not.
 */
@AutoConfiguration
@ConditionalOnClass(
    name =
        "org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer")
@Conditional(HoldfastClientsAutoConfiguration.OnUnchosenClient.class)
public final class HoldfastClientsAutoConfiguration {

  @Bean
  KeepsNothing holdfastClients() {
    return new KeepsNothing();
  }

  /** A builder of the application's own, which Boot's customizers never see. */
  @Bean
  @ConditionalOnClass(name = OnUnchosenClient.GATEWAY)
  static BeanPostProcessor holdfastClientsOfGateway() {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof HttpComponentsClientHttpRequestFactoryBuilder builder
            ? new KeepsNothing().customize(builder)
            : bean;
      }
    };
  }

  /** As many as a container has requests: the JDK's client has no limit, Apache's one of five. */
  private static final int CONNECTIONS = 10_000;

  /** No lambda: Spring Boot has to see for which client it is. */
  static final class KeepsNothing
      implements ClientHttpRequestFactoryBuilderCustomizer<
          HttpComponentsClientHttpRequestFactoryBuilder> {
    @Override
    public HttpComponentsClientHttpRequestFactoryBuilder customize(
        HttpComponentsClientHttpRequestFactoryBuilder builder) {
      return builder
          .withHttpClientCustomizer(
              client -> client.disableCookieManagement().disableAutomaticRetries())
          .withConnectionManagerCustomizer(
              connections ->
                  connections.setMaxConnPerRoute(CONNECTIONS).setMaxConnTotal(CONNECTIONS));
    }
  }

  /** Who has named the client knows what it does; a gateway passes on what is not its own. */
  static final class OnUnchosenClient implements Condition {
    private static final String CHOICE = "spring.http.clients.imperative.factory";
    static final String GATEWAY =
        "org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange";

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return !context.getEnvironment().containsProperty(CHOICE)
          || ClassUtils.isPresent(GATEWAY, context.getClassLoader());
    }
  }
}
