package dev.holdfast.spring.boot;

import dev.holdfast.configuration.settings.TokenBindingSettings;
import dev.holdfast.configuration.settings.TokenBindingSettings.Negotiation;
import dev.holdfast.spring.boot.settings.HoldfastProperties;
import dev.holdfast.tls.ConnectionKeyingMaterial;
import dev.holdfast.tls.engine.NegotiatingTls;
import dev.holdfast.tls.jetty.NegotiatingConnectionFactory;
import dev.holdfast.tls.jetty.TokenBindingConnectionFactory;
import dev.holdfast.tls.tomcat.NegotiatingSslImplementation;
import dev.holdfast.tls.tomcat.TokenBindingSslImplementation;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Which of Spring Boot 4's servers negotiate Token Binding, and how they are told. */
@Configuration(proxyBeanMethods = false)
class NegotiatingServers {

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({NegotiatingTls.class, TomcatServletWebServerFactory.class})
  static class InTomcat {
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> holdfastTokenBindingInTomcat(
        Environment environment) {
      TokenBindingSettings settings = HoldfastProperties.of(environment).tokenBinding();
      boolean jdk = isServedByTheJdk(settings);
      return factory ->
          factory.addConnectorCustomizers(
              connector -> {
                if (jdk) {
                  TokenBindingSslImplementation.install(connector);
                } else {
                  NegotiatingSslImplementation.install(connector, settings.keyParameters());
                }
              });
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({NegotiatingTls.class, JettyServletWebServerFactory.class})
  static class InJetty {
    @Bean
    WebServerFactoryCustomizer<JettyServletWebServerFactory> holdfastTokenBindingInJetty(
        Environment environment) {
      TokenBindingSettings settings = HoldfastProperties.of(environment).tokenBinding();
      boolean jdk = isServedByTheJdk(settings);
      return factory ->
          factory.addServerCustomizers(
              server -> {
                if (jdk) {
                  TokenBindingConnectionFactory.install(server);
                } else {
                  NegotiatingConnectionFactory.install(server, settings.keyParameters());
                }
              });
    }
  }

  private static boolean isServedByTheJdk(TokenBindingSettings settings) {
    return ConnectionKeyingMaterial.hasExporter()
        && settings.negotiation() == Negotiation.CONFIGURED;
  }
}
