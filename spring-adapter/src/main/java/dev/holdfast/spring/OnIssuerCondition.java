package dev.holdfast.spring;

import java.util.Map;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches when the settings name an issuer: Holdfast's own, or those of Boot that count. */
final class OnIssuerCondition extends SpringBootCondition {

  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    ConditionMessage.Builder message = ConditionMessage.forCondition("Holdfast issuer");
    Environment environment = context.getEnvironment();
    BootIssuers boot = new BootIssuers(environment);
    boolean noneOfOurs =
        Binder.get(environment)
            .bind("holdfast.tokens.issuers[0]", Bindable.mapOf(String.class, Object.class))
            .orElseGet(Map::of)
            .isEmpty();
    return !noneOfOurs || boot.hasJwtIssuer() || boot.hasIntrospection()
        ? ConditionOutcome.match(message.because("an issuer is configured"))
        : ConditionOutcome.noMatch(message.because("no issuer is configured"));
  }
}
