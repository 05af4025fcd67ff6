package dev.holdfast.spring.scope;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * The token that Holdfast has allowed for the current request: whoever has it decoded once more
 * within the request is told nothing that was not decided already.
 *
 * @param text its text
 */
public record AllowedToken(String text) {
  private static final String NAME = AllowedToken.class.getName();

  public static void note(HttpServletRequest request, String text) {
    request.setAttribute(NAME, new AllowedToken(text));
  }

  /** Whether it is this one. A thread that goes on when its request has ended has none. */
  public static boolean is(String text) {
    RequestAttributes request = RequestContextHolder.getRequestAttributes();
    try {
      return request != null
          && request.getAttribute(NAME, RequestAttributes.SCOPE_REQUEST)
              instanceof AllowedToken known
          && known.text.equals(text);
    } catch (IllegalStateException ended) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "AllowedToken[]";
  }
}
