package dev.holdfast.spring.webflux.verification;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtReactiveAuthenticationManager;
import reactor.core.publisher.Mono;

/**
 * Copies of a chain's managers for JWTs, whose decoders leave the certificate to Holdfast. The
 * originals stay as they are, for whoever else asks them. What cannot be copied is asked itself,
 * and refuses certificate-bound tokens as Spring Security does.
 */
final class DecoderCopies {
  private final Cache<JwtReactiveAuthenticationManager, JwtReactiveAuthenticationManager> managers =
      Caffeine.newBuilder().weakKeys().maximumSize(1_000).build();
  private final Cache<ReactiveJwtDecoder, ReactiveJwtDecoder> decoders =
      Caffeine.newBuilder().weakKeys().maximumSize(1_000).build();

  JwtReactiveAuthenticationManager of(JwtReactiveAuthenticationManager manager) {
    return managers.get(manager, this::copy);
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // the field's own type arguments
  private JwtReactiveAuthenticationManager copy(JwtReactiveAuthenticationManager manager) {
    ReactiveJwtDecoder decoder =
        HiddenField.read(JwtReactiveAuthenticationManager.class, ReactiveJwtDecoder.class, manager);
    Converter converter =
        HiddenField.read(JwtReactiveAuthenticationManager.class, Converter.class, manager);
    if (decoder == null || converter == null) {
      return manager;
    }
    JwtReactiveAuthenticationManager copy =
        new JwtReactiveAuthenticationManager(withoutThumbprint(decoder));
    copy.setJwtAuthenticationConverter(converter);
    return copy;
  }

  private ReactiveJwtDecoder withoutThumbprint(ReactiveJwtDecoder decoder) {
    if (decoder instanceof NimbusReactiveJwtDecoder nimbus) {
      return decoders.get(nimbus, key -> copy(nimbus));
    }
    Mono<?> supplied =
        decoder instanceof SupplierReactiveJwtDecoder
            ? HiddenField.read(SupplierReactiveJwtDecoder.class, Mono.class, decoder)
            : null;
    return supplied == null
        ? decoder
        : token ->
            supplied
                .cast(ReactiveJwtDecoder.class)
                .flatMap(behind -> withoutThumbprint(behind).decode(token));
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // the fields' own type arguments
  private static ReactiveJwtDecoder copy(NimbusReactiveJwtDecoder decoder) {
    Converter processor = converter("jwtProcessor", decoder);
    Converter claims = converter("claimSetConverter", decoder);
    OAuth2TokenValidator validator =
        HiddenField.read(NimbusReactiveJwtDecoder.class, OAuth2TokenValidator.class, decoder);
    if (processor == null || claims == null || validator == null) {
      return decoder;
    }
    NimbusReactiveJwtDecoder copy = new NimbusReactiveJwtDecoder(processor);
    copy.setClaimSetConverter(claims);
    copy.setJwtValidator(new WithoutThumbprint(validator));
    return copy;
  }

  private static @Nullable Converter<?, ?> converter(
      String name, NimbusReactiveJwtDecoder decoder) {
    return HiddenField.read(NimbusReactiveJwtDecoder.class, name, Converter.class, decoder);
  }
}
