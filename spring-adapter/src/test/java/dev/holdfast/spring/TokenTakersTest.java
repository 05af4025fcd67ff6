package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.spring.takers.TokenTakers;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.authentication.AuthenticationFilter;

/** Each of the rules alone, where in an application several of them would hold at once. */
class TokenTakersTest {
  private static final AuthenticationManager MANAGER = authentication -> authentication;

  /** No resolver and no converter of Spring's in its fields: the class alone says it. */
  @Test
  @Tag("security7")
  void aBearerFilterIsOneWhateverItsConverterIs_C02() {
    assertThat(TokenTakers.isForeign(new BearerTokenAuthenticationFilter(MANAGER, request -> null)))
        .isTrue();
  }

  /** A manager that is chosen by the token's issuer refuses a token that is none. */
  @Test
  void aManagerThatIsChosenByTheTokenTakesTokens_C02() {
    assertThat(
            TokenTakers.isForeign(
                new AuthenticationFilter(
                    (AuthenticationManagerResolver<HttpServletRequest>)
                        request -> {
                          throw new InvalidBearerTokenException(request.getHeader("Authorization"));
                        },
                    request -> null)))
        .isTrue();
    assertThat(
            TokenTakers.isForeign(
                new AuthenticationFilter(
                    (AuthenticationManagerResolver<HttpServletRequest>)
                        request -> {
                          throw new InvalidBearerTokenException("whatever it is");
                        },
                    request -> null)))
        .as("it did not look at the token")
        .isFalse();
  }

  @Test
  void aPrincipalThatIsNoTokenIsLeftAlone_C02() {
    assertThat(TokenTakers.isForeign(HiddenTakers.ofAGateway())).isFalse();
  }
}
