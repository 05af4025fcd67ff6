package dev.holdfast.spring.sessions;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * What {@code RequestContextHolder} has while an enforced chain is at work: Holdfast's request, and
 * not the container's, which Boot's filter before Spring Security has put there. Whoever takes the
 * session from there, and keeps it when the request has ended, has the one that takes no login of a
 * token's. Attributes of the request, and what is to be done at its end, stay where they were.
 *
 * <p>Where nobody has put anything there, as on a management port, Holdfast's request stands there
 * alone: {@link SessionWrites} finds it by this.
 */
final class WrappedAttributes extends ServletRequestAttributes {
  private final ServletRequestAttributes outer;
  private final boolean isInherited;

  private WrappedAttributes(
      HttpServletRequest request,
      @Nullable HttpServletResponse response,
      ServletRequestAttributes outer) {
    super(request, response);
    this.outer = outer;
    this.isInherited = isInherited(outer);
  }

  /**
   * Puts them there.
   *
   * @return what puts those of before back; null where there are others than the servlet API's,
   *     which stay
   */
  static @Nullable Runnable put(
      HttpServletRequest request, @Nullable HttpServletResponse response) {
    RequestAttributes now = RequestContextHolder.getRequestAttributes();
    if (now == null) {
      ServletRequestAttributes alone = new ServletRequestAttributes(request, response);
      RequestContextHolder.setRequestAttributes(alone);
      return () -> {
        RequestContextHolder.resetRequestAttributes();
        alone.requestCompleted();
      };
    }
    if (now instanceof ServletRequestAttributes outer) {
      WrappedAttributes wrapped = new WrappedAttributes(request, response, outer);
      RequestContextHolder.setRequestAttributes(wrapped, wrapped.isInherited);
      return wrapped::putBack;
    }
    return null;
  }

  private void putBack() {
    RequestContextHolder.setRequestAttributes(outer, isInherited);
    requestCompleted(); // scoped objects of the session that were changed
  }

  @Override
  public @Nullable Object getAttribute(String name, int scope) {
    return scope == SCOPE_REQUEST
        ? outer.getAttribute(name, scope)
        : super.getAttribute(name, scope);
  }

  @Override
  public void setAttribute(String name, Object value, int scope) {
    if (scope == SCOPE_REQUEST) {
      outer.setAttribute(name, value, scope);
    } else {
      super.setAttribute(name, value, scope);
    }
  }

  @Override
  public void removeAttribute(String name, int scope) {
    if (scope == SCOPE_REQUEST) {
      outer.removeAttribute(name, scope);
    } else {
      super.removeAttribute(name, scope);
    }
  }

  @Override
  public String[] getAttributeNames(int scope) {
    return scope == SCOPE_REQUEST ? outer.getAttributeNames(scope) : super.getAttributeNames(scope);
  }

  @Override
  public void registerDestructionCallback(String name, Runnable callback, int scope) {
    if (scope == SCOPE_REQUEST) {
      outer.registerDestructionCallback(name, callback, scope);
    } else {
      super.registerDestructionCallback(name, callback, scope);
    }
  }

  /** The same for everybody who shares the session. */
  @Override
  public Object getSessionMutex() {
    return outer.getSessionMutex();
  }

  /** Whether new threads get them too. Spring tells nobody. */
  private static boolean isInherited(RequestAttributes attributes) {
    return INHERITED != null
        && ReflectionUtils.getField(INHERITED, null) instanceof ThreadLocal<?> inherited
        && inherited.get() == attributes;
  }

  private static final @Nullable Field INHERITED = inherited();

  private static @Nullable Field inherited() {
    Field field =
        ReflectionUtils.findField(
            RequestContextHolder.class, "inheritableRequestAttributesHolder", ThreadLocal.class);
    if (field != null) {
      ReflectionUtils.makeAccessible(field);
    }
    return field;
  }
}
