package dev.holdfast.spring;

import dev.holdfast.tls.ConnectionKeyingMaterial;
import dev.holdfast.tls.jetty.TokenBindingConnectionFactory;
import dev.holdfast.tls.tomcat.TokenBindingSslImplementation;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration: the embedded server's TLS keeps the keying material of its connections, where
 * {@code holdfast.token-binding.source} is {@code tls} and {@code .negotiation} is {@code
 * configured}. Everything under {@code server.ssl} holds as before.
 */
@AutoConfiguration(after = HoldfastAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnProperty(name = "holdfast.token-binding.source", havingValue = "tls")
public final class HoldfastTokenBindingAutoConfiguration {

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingClass("dev.holdfast.tls.ConnectionKeyingMaterial")
  static class WithoutConnector implements BeanClassLoaderAware {
    @Override
    public void setBeanClassLoader(ClassLoader classes) {
      KeyingMaterialServices.requireOne(classes);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({
    ConnectionKeyingMaterial.class,
    TokenBindingSslImplementation.class,
    TomcatServletWebServerFactory.class
  })
  @ConditionalOnProperty(name = "holdfast.token-binding.negotiation", havingValue = "configured")
  static class InTomcat {
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> holdfastTokenBindingInTomcat() {
      ConnectionKeyingMaterial.requireExporter();
      return factory -> factory.addConnectorCustomizers(TokenBindingSslImplementation::install);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({
    ConnectionKeyingMaterial.class,
    TokenBindingConnectionFactory.class,
    JettyServletWebServerFactory.class
  })
  @ConditionalOnProperty(name = "holdfast.token-binding.negotiation", havingValue = "configured")
  static class InJetty {
    @Bean
    WebServerFactoryCustomizer<JettyServletWebServerFactory> holdfastTokenBindingInJetty() {
      ConnectionKeyingMaterial.requireExporter();
      return factory -> factory.addServerCustomizers(TokenBindingConnectionFactory::install);
    }
  }
}
