package dev.holdfast.spring.boot;

import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration: the embedded server's TLS negotiates Token Binding in its handshakes, where
 * {@code holdfast.token-binding.source} is {@code tls}. Where {@code .negotiation} is {@code
 * configured}, it is the JDK's, which keeps the keying material of its connections, from JDK 25 on;
 * before, it is the one that negotiates, since it exports on any JDK. Everything under {@code
 * server.ssl} and {@code server.http2} holds as before.
 */
@AutoConfiguration(after = HoldfastAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnProperty(name = "holdfast.token-binding.source", havingValue = "tls")
@Import(NegotiatingServers.class)
public final class HoldfastTokenBindingAutoConfiguration {

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingClass("dev.holdfast.tls.ConnectionKeyingMaterial")
  static class WithoutConnector implements BeanClassLoaderAware {
    @Override
    public void setBeanClassLoader(ClassLoader classes) {
      KeyingMaterialServices.requireOne(classes);
    }
  }
}
