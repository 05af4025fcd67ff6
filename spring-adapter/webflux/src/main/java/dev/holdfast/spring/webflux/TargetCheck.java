package dev.holdfast.spring.webflux;

import dev.holdfast.spring.webflux.evidence.ReadableTarget;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.http.server.reactive.ContextPathCompositeHandler;

/** Spring Boot puts the base path's handler before all decorators, and it asks for the path. */
final class TargetCheck implements BeanPostProcessor {
  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return bean instanceof ContextPathCompositeHandler handler ? new ReadableTarget(handler) : bean;
  }
}
