package dev.holdfast.spring;

import dev.holdfast.AccessToken;
import dev.holdfast.Decision;
import dev.holdfast.spring.scope.PublicReasons;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.core.AuthenticationException;

/**
 * Publishes each refusal as a failed authentication: one event, which Boot's audit listens to. Its
 * {@code Authentication} names who the token is about and never holds the token.
 */
final class RefusalEvents {
  private final AuthenticationEventPublisher publisher;

  RefusalEvents(AuthenticationEventPublisher publisher) {
    this.publisher = publisher;
  }

  /**
   * Publishes it.
   *
   * @param springs what the chain's own parts refused the token with, when they did: an account
   *     that is locked has an event of its own
   */
  void publish(
      HttpServletRequest request,
      Decision.Refused refused,
      @Nullable AuthenticationException springs) {
    RefusedAuthentication who = new RefusedAuthentication(nameIn(refused.token()));
    who.setDetails(new RefusedTokenDetails(request, refused));
    publisher.publishAuthenticationFailure(
        springs != null ? springs : PublicReasons.inside(refused), who);
  }

  private static String nameIn(@Nullable AccessToken token) {
    String name = token == null ? "" : token.getName();
    return name.isEmpty() ? "unknown" : name;
  }

  /** Somebody whose token was refused. */
  private static final class RefusedAuthentication extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1L;

    private final String name;

    RefusedAuthentication(String name) {
      super(List.of());
      this.name = name;
    }

    @Override
    public Object getCredentials() {
      return "";
    }

    @Override
    public Object getPrincipal() {
      return name;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return super.equals(other);
    }

    @Override
    public int hashCode() {
      return super.hashCode();
    }
  }
}
