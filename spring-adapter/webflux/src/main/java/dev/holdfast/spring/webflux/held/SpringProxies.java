package dev.holdfast.spring.webflux.held;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.SpringProxy;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;

/** What stands behind Spring's proxies: those of aspects, of {@code @Lazy} and of scopes. */
public final class SpringProxies {
  /** One proxy may stand before another, and there is an end to it. */
  private static final int MOST_PROXIES = 10;

  private SpringProxies() {}

  /**
   * The object itself. A bean that is made with its first use is made now.
   *
   * @return null when it cannot be had now, because it lives in a request, for example
   */
  public static @Nullable Object behind(Object object) {
    Object inner = object;
    for (int proxies = 0; proxies < MOST_PROXIES && inner instanceof SpringProxy; proxies++) {
      Object target = target(inner);
      if (target == null) {
        return null;
      }
      inner = target;
    }
    return inner;
  }

  private static @Nullable Object target(Object proxy) {
    try {
      return proxy instanceof Advised advised ? advised.getTargetSource().getTarget() : null;
    } catch (Exception hidden) { // declared by Spring
      return null;
    }
  }

  /** The same through aspects only: nothing is made that was not there before. */
  static Object behindAspects(Object object) {
    Object inner = object;
    for (Object target = AopProxyUtils.getSingletonTarget(inner);
        target != null;
        target = AopProxyUtils.getSingletonTarget(inner)) {
      inner = target;
    }
    return inner;
  }
}
