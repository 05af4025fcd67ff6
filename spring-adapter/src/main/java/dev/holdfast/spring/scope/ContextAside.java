package dev.holdfast.spring.scope;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.core.context.TransientSecurityContext;
import org.springframework.util.function.SingletonSupplier;

/**
 * While a token is verified, the application's code works on a copy of the security context. The
 * original may be the one that lives in the caller's session: a converter that writes into it would
 * make a login of a token that is then refused.
 *
 * <p>Bound to the thread, between {@link #begin} and {@link #restore}, which brings the original
 * back.
 */
public final class ContextAside {
  private record Original(
      SecurityContextHolderStrategy strategy, Supplier<SecurityContext> context) {}

  private final List<Original> originals = new ArrayList<>(2);

  private ContextAside() {}

  /** Puts the context of the chain's strategy aside, and that of the static holder. */
  public static ContextAside begin(SecurityContextHolderStrategy contexts) {
    ContextAside aside = new ContextAside();
    aside.put(contexts);
    SecurityContextHolderStrategy common = SecurityContextHolder.getContextHolderStrategy();
    if (common != contexts) {
      aside.put(common);
    }
    return aside;
  }

  private void put(SecurityContextHolderStrategy strategy) {
    Supplier<SecurityContext> original = strategy.getDeferredContext();
    originals.add(new Original(strategy, original));
    strategy.setDeferredContext(SingletonSupplier.of(() -> copy(original.get())));
  }

  private static SecurityContext copy(SecurityContext original) {
    @Nullable Authentication authentication = original.getAuthentication();
    SecurityContext copy = new TransientSecurityContext();
    copy.setAuthentication(authentication);
    return copy;
  }

  public void restore() {
    originals.forEach(original -> original.strategy.setDeferredContext(original.context));
  }
}
