package dev.holdfast.spring.boot.targets;

import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.http.Forwarding;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The last look at a gateway's request, behind every filter: what it is about to call must be what
 * chains and rules were asked about. A filter that reads forwarded headers can stand where nobody
 * finds it at the start, such as in a chain, or in another filter.
 */
final class GatewayTargetLook implements HandlerInterceptor, WebMvcConfigurer {
  private final boolean hasTrustedPrefixes;

  GatewayTargetLook(Assembly assembly) {
    this.hasTrustedPrefixes = assembly.settings().proxies().forwarding() == Forwarding.X_FORWARDED;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this).order(Ordered.HIGHEST_PRECEDENCE);
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws IOException {
    // a forward's path is the application's own word, an error's is nobody's
    boolean isAsked =
        request.getDispatcherType() == DispatcherType.REQUEST
            || request.getDispatcherType() == DispatcherType.ASYNC;
    if (!isAsked
        || (CalledTarget.isOne(request)
            && CalledTarget.isUnchanged(request)
            && CalledTarget.isWholeUrl(request)
            && (hasTrustedPrefixes || !CalledTarget.hasForwardedPrefix(request)))) {
      return true;
    }
    CalledTarget.refuse(response);
    return false;
  }
}
