package dev.holdfast.spring.boot;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether anything is set under {@code holdfast.cookies}: then cookies were meant to be bound. */
final class OnBoundCookiesCondition implements Condition {

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    return isMet(context.getEnvironment());
  }

  static boolean isMet(Environment environment) {
    return Binder.get(environment)
        .bind("holdfast.cookies", Bindable.mapOf(String.class, Object.class))
        .map(settings -> !settings.isEmpty())
        .orElse(false);
  }
}
