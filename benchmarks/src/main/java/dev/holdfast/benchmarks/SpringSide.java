package dev.holdfast.benchmarks;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.introspection.SpringOpaqueTokenIntrospector;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Spring Security as a resource server configures it. */
final class SpringSide {
  private SpringSide() {}

  /**
   * The decoder with its default validators for an issuer: dates, issuer, type, certificate
   * thumbprint. The keys are in memory, without a network or a cache before them.
   */
  static JwtDecoder decoder(String issuer, JWKSet keys) {
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withJwkSource(new ImmutableJWKSet<>(keys))
            .jwsAlgorithm(SignatureAlgorithm.RS256)
            .jwsAlgorithm(SignatureAlgorithm.ES256)
            .build();
    decoder.setJwtValidator(JwtValidators.createDefaultWithIssuer(issuer));
    return decoder;
  }

  /** The introspector with the HTTP client and the JSON reader that it builds for itself. */
  static OpaqueTokenIntrospector introspector(StubProcess stub) {
    return SpringOpaqueTokenIntrospector.withIntrospectionUri(stub.introspectionUri())
        .clientId(AuthorizationServerStub.CLIENT_ID)
        .clientSecret(AuthorizationServerStub.CLIENT_SECRET)
        .build();
  }

  /** Where the thumbprint validator looks for the certificate; Spring's filter does this. */
  static void bind(ApiRequest request) {
    RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
  }
}
