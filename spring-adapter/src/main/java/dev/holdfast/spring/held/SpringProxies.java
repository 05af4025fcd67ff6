package dev.holdfast.spring.held;

import jakarta.servlet.Filter;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.SpringProxy;
import org.springframework.aop.TargetSource;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AdvisedSupport;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.security.authentication.AuthenticationManager;

/**
 * What stands behind Spring's proxies: those of aspects, of {@code @Lazy}, of scopes, and the one
 * in which Spring Security's {@code AuthenticationConfiguration} gives away the application's
 * {@code AuthenticationManager}. Whoever asks what an object is or holds has to ask the object
 * itself.
 */
public final class SpringProxies {
  /** One proxy may stand before another, and there is an end to it. */
  private static final int MOST_PROXIES = 10;

  private SpringProxies() {}

  /**
   * The object itself. A bean that is made with its first use is made now.
   *
   * @throws UnseenFilterException when it cannot be had now: it lives in a request, for example
   */
  public static Object behind(Object object) {
    Object inner = object;
    for (int proxies = 0; proxies < MOST_PROXIES && inner instanceof SpringProxy; proxies++) {
      Object target = target(inner);
      if (target == null) {
        return inner;
      }
      inner = target;
    }
    return inner;
  }

  /** The same, and what stands before it where it cannot be had. */
  public static Object behindIfThere(Object object) {
    try {
      return behind(object);
    } catch (UnseenFilterException hidden) {
      return object;
    }
  }

  /** The same through aspects only: nothing is made that was not there before. */
  public static Object behindAspects(Object object) {
    Object inner = object;
    for (Object target = AopProxyUtils.getSingletonTarget(inner);
        target != null;
        target = AopProxyUtils.getSingletonTarget(inner)) {
      inner = target;
    }
    return inner;
  }

  /** Null where there is none: then the proxy fails as well, or its advice does everything. */
  private static @Nullable Object target(Object proxy) {
    TargetSource source = source(proxy);
    try {
      Object target = source.getTarget();
      if (target != null && !source.isStatic()) {
        source.releaseTarget(target);
      }
      return target;
    } catch (NoSuchBeanDefinitionException none) {
      return null;
    } catch (Exception hidden) { // declared by Spring
      throw new UnseenFilterException(
          what(proxy) + " behind this proxy cannot be had at the start", hidden);
    }
  }

  private static String what(Object proxy) {
    return proxy instanceof Filter
        ? "the filter"
        : proxy instanceof AuthenticationManager ? "the AuthenticationManager" : "the object";
  }

  private static TargetSource source(Object proxy) {
    if (proxy instanceof Advised advised) {
      return advised.getTargetSource();
    }
    AdvisedSupport opaque = opaque(proxy);
    if (opaque == null) {
      throw new UnseenFilterException(what(proxy) + " behind this proxy cannot be read");
    }
    return opaque.getTargetSource();
  }

  /** One that is made with {@code setOpaque(true)} shows nothing, and its parts hold it. */
  private static @Nullable AdvisedSupport opaque(Object proxy) {
    if (Proxy.isProxyClass(proxy.getClass())) {
      Object handler = Proxy.getInvocationHandler(proxy);
      return HiddenField.read(handler.getClass(), AdvisedSupport.class, handler);
    }
    for (Field field : HeldObjects.fields(proxy.getClass())) {
      Object part = HeldObjects.value(field, proxy);
      AdvisedSupport advised =
          part == null ? null : HiddenField.read(part.getClass(), AdvisedSupport.class, part);
      if (advised != null) {
        return advised;
      }
    }
    return null;
  }
}
