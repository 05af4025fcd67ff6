package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/** What the start says of an issuer whose settings have no part in verifying a token. */
@ExtendWith({OutputCaptureExtension.class, HoldfastLog.class})
@Tag("verify")
class UnaskedIssuersTest {
  private static final String INTROSPECTION = "holdfast.tokens.issuers[1].introspection.";
  private final WebApplicationContextRunner web =
      new WebApplicationContextRunner()
          .withConfiguration(StartTest.ALL)
          .withPropertyValues(StartTest.ISSUER, StartTest.AUDIENCE);

  @Configuration(proxyBeanMethods = false)
  static class OwnDecoder {
    @Bean
    JwtDecoder mine() {
      return token -> {
        throw new BadJwtException("none");
      };
    }

    @Bean
    @Order(2)
    SecurityFilterChain api(HttpSecurity http) {
      return http.oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults())).build();
    }
  }

  /** An aspect around what verifies tokens: many applications time or retry that. */
  private static BeanPostProcessor aspect(boolean byClass) {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        boolean isVerifier = bean instanceof OpaqueTokenIntrospector || bean instanceof JwtDecoder;
        if (!isVerifier || (byClass && Modifier.isFinal(bean.getClass().getModifiers()))) {
          return bean;
        }
        ProxyFactory proxy = new ProxyFactory(bean);
        proxy.setProxyTargetClass(byClass);
        return proxy.getProxy();
      }
    };
  }

  @Configuration(proxyBeanMethods = false)
  static class AspectByClass {
    @Bean
    static BeanPostProcessor around() {
      return aspect(true);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class AspectByInterface {
    @Bean
    static BeanPostProcessor around() {
      return aspect(false);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OpaqueChain {
    @Bean
    @Order(3)
    SecurityFilterChain opaque(HttpSecurity http) {
      return http.securityMatcher(PathPatternRequestMatcher.withDefaults().matcher("/opaque/**"))
          .oauth2ResourceServer(server -> server.opaqueToken(Customizer.withDefaults()))
          .build();
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {AspectByClass.class, AspectByInterface.class})
  void anAspectAroundHoldfastsOwnIsNoOther(Class<?> aspect, CapturedOutput output) {
    web.withUserConfiguration(aspect, UnmentionedChain.class, OpaqueChain.class)
        .withPropertyValues(
            INTROSPECTION + "uri=https://as.example/introspect",
            INTROSPECTION + "client-id=api",
            INTROSPECTION + "client-secret=not-shown",
            "holdfast.tokens.issuers[1].audiences=https://api.example")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(AopUtils.isAopProxy(context.getBean(OpaqueTokenIntrospector.class)))
                  .isTrue();
              assertThat(output).doesNotContain("verifies no tokens here");
            });
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnIntrospector {
    @Bean
    OpaqueTokenIntrospector mine() {
      return token -> {
        throw new BadOpaqueTokenException("none");
      };
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class HoldfastsChain {
    @Bean
    @Order(1)
    SecurityFilterChain payments(HttpSecurity http) {
      return http.securityMatcher(PathPatternRequestMatcher.withDefaults().matcher("/payments/**"))
          .with(HoldfastConfigurer.holdfast(), Customizer.withDefaults())
          .build();
    }
  }

  @Test
  void aDecoderOfTheApplicationsIsNamedInItsPlace(CapturedOutput output) {
    web.withUserConfiguration(OwnDecoder.class)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(output)
                  .containsOnlyOnce(", issuers none of Holdfast's own. Enforced chains: api")
                  .containsOnlyOnce(
                      "The issuer https://issuer.example is configured and verifies no tokens here:"
                          + " the bean mine does. Its word about issuer, audience and time counts");
            });
  }

  @Test
  void anIntrospectorOfTheApplicationsIsNamedInItsPlace(CapturedOutput output) {
    web.withUserConfiguration(OwnIntrospector.class, UnmentionedChain.class)
        .withPropertyValues(
            INTROSPECTION + "uri=https://as.example/introspect",
            INTROSPECTION + "client-id=api",
            INTROSPECTION + "client-secret=not-shown",
            "holdfast.tokens.issuers[1].audiences=https://api.example")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(output)
                  .containsOnlyOnce(", issuers https://issuer.example. Enforced chains: ")
                  .containsOnlyOnce(
                      "The issuer https://as.example/introspect is configured and verifies no"
                          + " tokens here: the bean mine does.");
            });
  }

  @Configuration(proxyBeanMethods = false)
  static class UnmentionedChain {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      return http.oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults())).build();
    }
  }

  @Test
  void whereAChainOfHoldfastsAsksThemNothingIsSaid(CapturedOutput output) {
    web.withUserConfiguration(OwnDecoder.class, HoldfastsChain.class)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(output)
                  .contains(", issuers https://issuer.example. Enforced chains: payments")
                  .doesNotContain("verifies no tokens here");
            });
  }

  @Test
  void whereHoldfastVerifiesNothingIsSaid(CapturedOutput output) {
    web.withUserConfiguration(UnmentionedChain.class)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(output)
                  .contains(", issuers https://issuer.example. Enforced chains: api")
                  .doesNotContain("verifies no tokens here");
            });
  }
}
