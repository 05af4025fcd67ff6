package dev.holdfast.spring.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.holdfast.configuration.reading.SettingsReader;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.server.authentication.ServerBearerTokenAuthenticationConverter;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** A converter that looks for tokens in other places is named at the start. */
@Tag("verify")
class ElsewhereTokensTest {
  private static final ThreadLocal<ServerBearerTokenAuthenticationConverter> CONVERTER =
      new ThreadLocal<>();

  private static List<String> warnings(
      ServerBearerTokenAuthenticationConverter converter,
      Consumer<ServerBearerTokenAuthenticationConverter> options) {
    options.accept(converter);
    CONVERTER.set(converter);
    return LogLines.during(
            Level.WARN,
            () -> NettyServer.context(SettingsReader.read(Map.of()), Application.class).close())
        .stream()
        .filter(line -> line.contains("outside of Authorization"))
        .toList();
  }

  private static List<String> warnings(Consumer<ServerBearerTokenAuthenticationConverter> options) {
    return warnings(new ServerBearerTokenAuthenticationConverter(), options);
  }

  @Test
  void aParameterOfTheQueryOrTheFormIsNamed() {
    assertThat(warnings(converter -> converter.setAllowUriQueryParameter(true)))
        .singleElement()
        .asString()
        .startsWith("The SecurityWebFilterChain bean tokens looks for access tokens outside of")
        .contains("the parameter access_token. Holdfast takes none from there")
        .contains("answered with 401");
    assertThat(warnings(converter -> converter.setAllowFormEncodedBodyParameter(true)))
        .singleElement()
        .asString()
        .contains("the form's parameter access_token");
  }

  @Test
  void anotherFieldIsNamedAndThatNoTokenIsAccepted() {
    assertThat(warnings(converter -> converter.setBearerTokenHeaderName("X-Auth")))
        .singleElement()
        .asString()
        .contains("the field x-auth, and finds none in Authorization")
        .contains("and so is every request with a token");
  }

  @Test
  void aSubclassThatLooksIntoACookieIsNamed() {
    assertThat(warnings(new TokenInACookie(), converter -> {}))
        .singleElement()
        .asString()
        .contains("outside of Authorization: a cookie. ");
  }

  @Test
  void allPlacesAreNamedAlthoughTheFirstIsEnough() {
    assertThat(warnings(new SeveralPlaces(), converter -> {}))
        .singleElement()
        .asString()
        .contains("outside of Authorization: the field x-auth, the parameter token. ");
  }

  @Test
  void nothingIsSaidOfAuthorizationAlone() {
    assertThat(warnings(converter -> {})).isEmpty();
    assertThat(warnings(new ServerBearerTokenAuthenticationConverter() {}, converter -> {}))
        .isEmpty();
  }

  private static final class SeveralPlaces extends ServerBearerTokenAuthenticationConverter {
    @Override
    public Mono<Authentication> convert(ServerWebExchange exchange) {
      ServerHttpRequest request = exchange.getRequest();
      return Mono.justOrEmpty(request.getHeaders().getFirst("X-Auth"))
          .switchIfEmpty(Mono.fromSupplier(() -> request.getQueryParams().getFirst("token")))
          .<Authentication>map(BearerTokenAuthenticationToken::new)
          .switchIfEmpty(Mono.defer(() -> super.convert(exchange)));
    }
  }

  private static final class TokenInACookie extends ServerBearerTokenAuthenticationConverter {
    @Override
    public Mono<Authentication> convert(ServerWebExchange exchange) {
      HttpCookie cookie = exchange.getRequest().getCookies().getFirst("token");
      return cookie == null
          ? super.convert(exchange)
          : Mono.just(new BearerTokenAuthenticationToken(cookie.getValue()));
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableWebFluxSecurity
  static class Application {
    @Bean
    SecurityWebFilterChain tokens(ServerHttpSecurity http) {
      return http.oauth2ResourceServer(
              server ->
                  server
                      .bearerTokenConverter(CONVERTER.get())
                      .jwt(jwt -> jwt.jwtDecoder(token -> Mono.empty())))
          .build();
    }
  }
}
