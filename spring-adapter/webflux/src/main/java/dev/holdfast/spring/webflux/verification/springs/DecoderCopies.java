package dev.holdfast.spring.webflux.verification.springs;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtReactiveAuthenticationManager;
import reactor.core.publisher.Mono;

/**
 * Copies of a chain's managers for JWTs, whose decoders leave the certificate to Holdfast. The
 * originals stay as they are, for whoever else asks them, and what the application changes in them
 * later counts. What cannot be copied is asked itself, and refuses certificate-bound tokens as
 * Spring Security does.
 */
public final class DecoderCopies {
  private final Cache<NimbusReactiveJwtDecoder, Copy> copies =
      Caffeine.newBuilder().weakKeys().maximumSize(1_000).build();

  /** A copy for one token, of the manager as it is now. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // the field's own type arguments
  public JwtReactiveAuthenticationManager of(JwtReactiveAuthenticationManager manager) {
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
      return copyOf(nimbus);
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

  /** The copy is as the decoder is now: the application may have given it other parts since. */
  private ReactiveJwtDecoder copyOf(NimbusReactiveJwtDecoder decoder) {
    Parts parts = Parts.of(decoder);
    if (parts == null) {
      return decoder;
    }
    Copy copy = copies.getIfPresent(decoder);
    if (copy == null || !copy.parts().areThose(parts)) {
      copy = Copy.of(parts);
      copies.put(decoder, copy);
    }
    return copy.decoder();
  }

  private record Copy(Parts parts, ReactiveJwtDecoder decoder) {
    @SuppressWarnings({"unchecked", "rawtypes"}) // the fields' own type arguments
    static Copy of(Parts parts) {
      NimbusReactiveJwtDecoder copy = new NimbusReactiveJwtDecoder((Converter) parts.processor());
      copy.setClaimSetConverter((Converter) parts.claims());
      copy.setJwtValidator(new WithoutThumbprint((OAuth2TokenValidator<Jwt>) parts.validator()));
      return new Copy(parts, copy);
    }
  }

  /** What a decoder is made of. */
  private record Parts(
      Converter<?, ?> processor, Converter<?, ?> claims, OAuth2TokenValidator<?> validator) {

    /** Those that it has now; null when it is another decoder than the known one. */
    static @Nullable Parts of(NimbusReactiveJwtDecoder decoder) {
      Converter<?, ?> processor = converter("jwtProcessor", decoder);
      Converter<?, ?> claims = converter("claimSetConverter", decoder);
      OAuth2TokenValidator<?> validator =
          HiddenField.read(NimbusReactiveJwtDecoder.class, OAuth2TokenValidator.class, decoder);
      return processor == null || claims == null || validator == null
          ? null
          : new Parts(processor, claims, validator);
    }

    private static @Nullable Converter<?, ?> converter(
        String name, NimbusReactiveJwtDecoder decoder) {
      return HiddenField.read(NimbusReactiveJwtDecoder.class, name, Converter.class, decoder);
    }

    boolean areThose(Parts others) {
      return processor == others.processor
          && claims == others.claims
          && validator == others.validator;
    }
  }
}
