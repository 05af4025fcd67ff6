package dev.holdfast.spring.webflux.verification;

import dev.holdfast.spring.webflux.verification.Verified.Kind;
import dev.holdfast.spring.webflux.verification.springs.DecoderCopies;
import dev.holdfast.spring.webflux.verification.springs.HiddenField;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.DelegatingReactiveAuthenticationManager;
import org.springframework.security.authentication.ObservationReactiveAuthenticationManager;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.authentication.ReactiveAuthenticationManagerResolver;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtReactiveAuthenticationManager;
import org.springframework.security.oauth2.server.resource.authentication.OpaqueTokenReactiveAuthenticationManager;
import org.springframework.security.oauth2.server.resource.introspection.ReactiveOpaqueTokenAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.introspection.ReactiveOpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.introspection.SpringReactiveOpaqueTokenIntrospector;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Asks a chain's manager about a token, and sees what its issuer said, where the manager is one of
 * Spring Security's. A manager of the application's own is asked as it is.
 *
 * <p>The manager that reports observations is passed over: it would report a success before the
 * token is confirmed.
 */
public final class ManagerView {
  private static final String BY_ISSUER =
      "org.springframework.security.oauth2.server.resource.authentication"
          + ".JwtIssuerReactiveAuthenticationManagerResolver$ResolvingAuthenticationManager";

  private final DecoderCopies copies = new DecoderCopies();

  /** Whether this manager verifies access tokens, as far as it shows that. */
  public static boolean isForTokens(ReactiveAuthenticationManager manager) {
    if (manager instanceof DelegatingReactiveAuthenticationManager several) {
      List<?> all =
          HiddenField.read(DelegatingReactiveAuthenticationManager.class, List.class, several);
      return all == null
          || all.stream()
              .anyMatch(one -> one instanceof ReactiveAuthenticationManager it && isForTokens(it));
    }
    ReactiveAuthenticationManager observed = observed(manager);
    return observed == null
        ? manager instanceof JwtReactiveAuthenticationManager
            || manager instanceof OpaqueTokenReactiveAuthenticationManager
            || manager instanceof IssuersAuthentication
            || manager.getClass().getName().equals(BY_ISSUER)
        : isForTokens(observed);
  }

  private static @Nullable ReactiveAuthenticationManager observed(
      ReactiveAuthenticationManager manager) {
    return manager instanceof ObservationReactiveAuthenticationManager
        ? HiddenField.read(
            ObservationReactiveAuthenticationManager.class,
            ReactiveAuthenticationManager.class,
            manager)
        : null;
  }

  Mono<Verified> ask(ReactiveAuthenticationManager manager, BearerTokenAuthenticationToken token) {
    if (manager instanceof IssuersAuthentication issuers) {
      return issuers.authenticated(token.getToken());
    }
    if (manager instanceof JwtReactiveAuthenticationManager jwt) {
      return askDecoder(jwt, token);
    }
    if (manager.getClass() == OpaqueTokenReactiveAuthenticationManager.class) {
      return askIssuer((OpaqueTokenReactiveAuthenticationManager) manager, token);
    }
    ReactiveAuthenticationManager observed = observed(manager);
    if (observed != null) {
      return ask(observed, token);
    }
    if (manager.getClass() == DelegatingReactiveAuthenticationManager.class) {
      return askInTurn(manager, token);
    }
    return manager.getClass().getName().equals(BY_ISSUER)
        ? askByIssuer(manager, token)
        : manager.authenticate(token).map(result -> new Verified(result, Kind.UNKNOWN));
  }

  @SuppressWarnings("unchecked") // the field's own type argument
  private Mono<Verified> askDecoder(
      JwtReactiveAuthenticationManager manager, BearerTokenAuthenticationToken token) {
    Class<?> owner = JwtReactiveAuthenticationManager.class;
    Converter<Jwt, ? extends Mono<? extends AbstractAuthenticationToken>> converter =
        HiddenField.read(owner, Converter.class, manager);
    return converter != null
            && HiddenField.read(owner, ReactiveJwtDecoder.class, manager)
                instanceof IssuersDecoder ours
        ? ours.verified(token.getToken())
            .flatMap(
                said ->
                    converter
                        .convert(ours.jwt(said.authentication()))
                        .map(result -> new Verified(result, Kind.JWT, List.of(), said.vouched())))
        : copies.of(manager).authenticate(token).map(result -> new Verified(result, Kind.JWT));
  }

  private static Mono<Verified> askIssuer(
      OpaqueTokenReactiveAuthenticationManager manager, BearerTokenAuthenticationToken token) {
    Class<?> owner = OpaqueTokenReactiveAuthenticationManager.class;
    ReactiveOpaqueTokenIntrospector introspector =
        HiddenField.read(owner, ReactiveOpaqueTokenIntrospector.class, manager);
    ReactiveOpaqueTokenAuthenticationConverter converter =
        HiddenField.read(owner, ReactiveOpaqueTokenAuthenticationConverter.class, manager);
    if (converter != null && introspector instanceof IssuersIntrospector ours) {
      return ours.verified(token.getToken())
          .flatMap(
              said ->
                  converter
                      .convert(
                          token.getToken(), IssuersIntrospector.principal(said.authentication()))
                      .map(
                          result ->
                              new Verified(result, Kind.INTROSPECTION, List.of(), said.vouched())));
    }
    if (introspector == null || converter == null || !answersInFull(introspector)) {
      return manager.authenticate(token).map(result -> new Verified(result, Kind.INTROSPECTION));
    }
    List<Map<String, Object>> answers = new CopyOnWriteArrayList<>();
    OpaqueTokenReactiveAuthenticationManager noting =
        new OpaqueTokenReactiveAuthenticationManager(
            text ->
                introspector
                    .introspect(text)
                    .doOnNext(answer -> answers.add(JsonClaims.of(answer.getAttributes()))));
    noting.setAuthenticationConverter(converter);
    return noting
        .authenticate(token)
        .map(result -> new Verified(result, Kind.INTROSPECTION, List.copyOf(answers), null));
  }

  /** Whether its attributes are all that the issuer answered: no converter has left any out. */
  private static boolean answersInFull(ReactiveOpaqueTokenIntrospector introspector) {
    if (introspector.getClass() != SpringReactiveOpaqueTokenIntrospector.class) {
      return false;
    }
    Converter<?, ?> converter =
        HiddenField.read(
            SpringReactiveOpaqueTokenIntrospector.class, Converter.class, introspector);
    String own = SpringReactiveOpaqueTokenIntrospector.class.getName() + "$$Lambda";
    return converter != null && converter.getClass().getName().startsWith(own);
  }

  /** As the manager does: the first that answers counts. */
  private Mono<Verified> askInTurn(
      ReactiveAuthenticationManager manager, BearerTokenAuthenticationToken token) {
    Class<?> owner = DelegatingReactiveAuthenticationManager.class;
    List<?> all = HiddenField.read(owner, List.class, manager);
    Boolean goesOn = HiddenField.read(owner, "continueOnError", Boolean.class, manager);
    if (all == null || goesOn == null) {
      return manager.authenticate(token).map(result -> new Verified(result, Kind.UNKNOWN));
    }
    Flux<ReactiveAuthenticationManager> managers =
        Flux.fromIterable(all).cast(ReactiveAuthenticationManager.class);
    return goesOn
        ? managers.concatMapDelayError(next -> ask(next, token)).next()
        : managers.concatMap(next -> ask(next, token)).next();
  }

  @SuppressWarnings("unchecked") // the fields' own type arguments
  private Mono<Verified> askByIssuer(
      ReactiveAuthenticationManager manager, BearerTokenAuthenticationToken token) {
    Converter<BearerTokenAuthenticationToken, Mono<String>> issuers =
        HiddenField.read(manager.getClass(), Converter.class, manager);
    ReactiveAuthenticationManagerResolver<String> managers =
        HiddenField.read(manager.getClass(), ReactiveAuthenticationManagerResolver.class, manager);
    if (issuers == null || managers == null) {
      return manager.authenticate(token).map(result -> new Verified(result, Kind.JWT));
    }
    Mono<String> issuer = issuers.convert(token);
    return issuer == null
        ? Mono.empty()
        : issuer.flatMap(managers::resolve).flatMap(behind -> ask(behind, token));
  }
}
