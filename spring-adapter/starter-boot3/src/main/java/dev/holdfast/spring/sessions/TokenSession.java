package dev.holdfast.spring.sessions;

import jakarta.servlet.http.HttpSession;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** The caller's session in Servlet 6.0, which has no accessor. */
final class TokenSession extends SessionView {
  TokenSession(HttpSession session, BiPredicate<String, @Nullable Object> takes) {
    super(session, takes);
  }
}
