package dev.holdfast.spring.boot;

import dev.holdfast.configuration.InvalidSettingException;
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
import org.springframework.boot.web.embedded.jetty.JettyServletWebServerFactory;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.embedded.undertow.UndertowServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Which of Spring Boot 3.5's servers negotiate Token Binding, and how they are told. */
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

  /** Its TLS is made where no setting of Boot's reaches it: a bound token could never be taken. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "io.undertow.Undertow")
  static class InUndertow {
    @Bean
    WebServerFactoryCustomizer<UndertowServletWebServerFactory> holdfastTokenBindingInUndertow() {
      return factory -> {
        throw new InvalidSettingException(
            "holdfast.token-binding.source",
            "tls is set, and the server is Undertow, whose TLS Holdfast does not set up in Spring"
                + " Boot",
            "Take spring-boot-starter-tomcat or spring-boot-starter-jetty, or remove the setting");
      };
    }
  }

  private static boolean isServedByTheJdk(TokenBindingSettings settings) {
    return ConnectionKeyingMaterial.hasExporter()
        && settings.negotiation() == Negotiation.CONFIGURED;
  }
}
