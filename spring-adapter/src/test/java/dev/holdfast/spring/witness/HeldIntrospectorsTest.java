package dev.holdfast.spring.witness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.target.AbstractLazyCreationTargetSource;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.authentication.OpaqueTokenAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.introspection.SpringOpaqueTokenIntrospector;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.client.RestTemplate;

/** From an introspector of the application's to Spring Security's, by what it holds. */
class HeldIntrospectorsTest {
  private final OpaqueTokenIntrospector springs =
      new SpringOpaqueTokenIntrospector("https://as.example/introspect", new RestTemplate());

  private record Holding(Object held) implements OpaqueTokenIntrospector {
    @Override
    public OAuth2AuthenticatedPrincipal introspect(String token) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void itIsFoundInWhatHoldsOne_C08() {
    OpaqueTokenIntrospector lambda = token -> springs.introspect(token);
    for (Object held :
        List.of(
            springs,
            lambda,
            new Holding(springs),
            List.of("other", springs),
            Map.of("tenant", springs),
            Optional.of(springs),
            new AtomicReference<>(springs),
            new Object[] {springs})) {
      assertThat(HeldIntrospectors.in(new Holding(held))).as("%s", held).containsExactly(springs);
    }
  }

  /** As {@code AuthenticationConfiguration} gives away the application's. */
  @Test
  void itIsFoundInAManagerThatIsMadeWithItsFirstUse() {
    ProxyFactory factory = new ProxyFactory();
    factory.setInterfaces(AuthenticationManager.class);
    factory.setTargetSource(
        new AbstractLazyCreationTargetSource() {
          @Override
          protected Object createObject() {
            return new ProviderManager(new OpaqueTokenAuthenticationProvider(springs));
          }
        });
    assertThat(HeldIntrospectors.in(factory.getProxy())).containsExactly(springs);
  }

  /** Beans may still be on their way: what is asked now may not be there yet. */
  @Test
  void noSupplierIsAsked_C08() {
    AtomicInteger asked = new AtomicInteger();
    SingletonSupplier<Object> supplier =
        SingletonSupplier.of(
            () -> {
              asked.incrementAndGet();
              return springs;
            });
    assertThat(HeldIntrospectors.in(new Holding(supplier))).isEmpty();
    assertThat(asked).hasValue(0);
  }

  @Test
  void whatHoldsItselfComesToAnEnd_C08() {
    AtomicReference<Object> itself = new AtomicReference<>();
    itself.set(new Holding(itself));
    assertThat(HeldIntrospectors.in(new Holding(itself))).isEmpty();
  }
}
