package dev.holdfast.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.core.ResolvableType;

/** Spring's own multicaster, where a success that is not confirmed yet waits. */
final class HeldEventMulticaster extends SimpleApplicationEventMulticaster {

  HeldEventMulticaster(BeanFactory beans) {
    super(beans);
  }

  @Override
  public void multicastEvent(ApplicationEvent event, @Nullable ResolvableType type) {
    if (!HeldSuccess.waits(event, () -> super.multicastEvent(event, type))) {
      super.multicastEvent(event, type);
    }
  }
}
