package dev.holdfast.spring;

import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches when the settings name an issuer: Holdfast's own, or those of Boot that count. */
class OnIssuerCondition extends SpringBootCondition {

  /** An issuer with a name, whose JWTs can be told by it. */
  static final class OfJwts extends OnIssuerCondition {
    @Override
    boolean matches(List<HoldfastProperties.Issuer> own, BootIssuers boot) {
      return own.stream().anyMatch(issuer -> issuer.issuer() != null) || boot.hasJwtIssuer();
    }
  }

  /** An issuer whose tokens are introspected. */
  static final class OfIntrospection extends OnIssuerCondition {
    @Override
    boolean matches(List<HoldfastProperties.Issuer> own, BootIssuers boot) {
      return own.stream().anyMatch(issuer -> issuer.introspection() != null)
          || boot.hasIntrospection();
    }
  }

  boolean matches(List<HoldfastProperties.Issuer> own, BootIssuers boot) {
    return !own.isEmpty() || boot.hasJwtIssuer() || boot.hasIntrospection();
  }

  @Override
  public final ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    ConditionMessage.Builder message = ConditionMessage.forCondition("Holdfast issuer");
    Environment environment = context.getEnvironment();
    List<HoldfastProperties.Issuer> own;
    try {
      own =
          Binder.get(environment)
              .bind("holdfast.tokens.issuers", Bindable.listOf(HoldfastProperties.Issuer.class))
              .orElseGet(List::of);
    } catch (BindException unreadable) {
      // the start stops for it, with the text of WrittenSettings or of Boot's binder
      return ConditionOutcome.noMatch(message.because("the issuers cannot be read"));
    }
    return matches(own, new BootIssuers(environment))
        ? ConditionOutcome.match(message.because("an issuer of this kind is configured"))
        : ConditionOutcome.noMatch(message.because("no issuer of this kind is configured"));
  }
}
