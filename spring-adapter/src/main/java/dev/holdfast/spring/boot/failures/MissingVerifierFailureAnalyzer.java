package dev.holdfast.spring.boot.failures;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.introspection.ReactiveOpaqueTokenIntrospector;

/** Says which setting brings the decoder or introspector that a chain asks for in vain. */
@Order(Ordered.HIGHEST_PRECEDENCE) // before Boot's own text, which names no setting
final class MissingVerifierFailureAnalyzer
    extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> {

  @Override
  protected @Nullable FailureAnalysis analyze(
      Throwable rootFailure, NoSuchBeanDefinitionException cause) {
    if (cause instanceof NoUniqueBeanDefinitionException) {
      return null;
    }
    Class<?> missing = cause.getBeanType();
    if (missing == JwtDecoder.class || missing == ReactiveJwtDecoder.class) {
      return analysis(
          "jwt(...)",
          "Set holdfast.tokens.issuers[0].issuer to the issuer of your access tokens, or define a "
              + missing.getSimpleName(),
          cause);
    }
    if (missing == OpaqueTokenIntrospector.class
        || missing == ReactiveOpaqueTokenIntrospector.class) {
      return analysis(
          "opaqueToken(...)",
          "Set holdfast.tokens.issuers[0].introspection.uri, client-id and client-secret, or define"
              + " your own "
              + missing.getSimpleName(),
          cause);
    }
    return null;
  }

  private static FailureAnalysis analysis(String chain, String action, Throwable cause) {
    return new FailureAnalysis(
        "A chain of Spring Security's has oauth2ResourceServer with "
            + chain
            + ", and no configured issuer could verify such a token",
        action,
        cause);
  }
}
