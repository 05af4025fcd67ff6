package dev.holdfast.spring.webflux.sessions;

import dev.holdfast.EnforcementPolicy;
import dev.holdfast.Requirement.Mode;
import dev.holdfast.internal.ApplicationLog;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Mono;

/**
 * Keeps logins out of the session of a request that presents an access token. The cookie of a
 * session that had taken one would be a login without the token's key.
 *
 * <p>A session is good for every path, so that the whole policy counts: where it compares no keys
 * or only reports, sessions are left alone.
 */
public final class SessionGuard {
  private static final String TOKEN_CAME = SessionGuard.class.getName() + ".tokenCame";

  /** Got at the start: to find the application's logging reads files, which no event loop may. */
  private final System.Logger logger = ApplicationLog.named("dev.holdfast");

  private final AtomicBoolean said = new AtomicBoolean();
  private final boolean enforces;

  /** For the sessions of applications under this policy. */
  public SessionGuard(EnforcementPolicy policy) {
    this.enforces =
        policy.requirements().stream()
            .anyMatch(
                requirement ->
                    requirement.mode() == Mode.REQUIRED || requirement.mode() == Mode.WHEN_BOUND);
  }

  /** Whether logins of tokens are kept out of sessions at all. */
  public boolean enforces() {
    return enforces;
  }

  /**
   * The same exchange, whose session takes no login once it is known that a token came. It may be
   * handed on before that is known.
   */
  public ServerWebExchange guard(ServerWebExchange exchange) {
    return enforces ? new Guarded(exchange) : exchange;
  }

  /** An access token came with this exchange, wherever in the request. */
  public void tokenCame(ServerWebExchange exchange) {
    exchange.getAttributes().put(TOKEN_CAME, true);
  }

  private final class Guarded extends ServerWebExchangeDecorator {
    Guarded(ServerWebExchange exchange) {
      super(exchange);
    }

    @Override
    public Mono<WebSession> getSession() {
      return super.getSession()
          .map(
              all ->
                  new TokenSession(
                      all,
                      new SessionAttributes(
                          all.getAttributes(),
                          (name, value) ->
                              getAttributes().containsKey(TOKEN_CAME) && keepsOut(name, value))));
    }
  }

  private boolean keepsOut(String name, Object value) {
    boolean isLogin = value instanceof SecurityContext || value instanceof Authentication;
    if (isLogin && said.compareAndSet(false, true)) {
      logger.log(
          Level.WARNING,
          "A session was to keep what an access token authenticated, in its attribute "
              + name
              + ". Holdfast has kept it out: the cookie would be a login without the token's key."
              + " Let your code store nothing there for requests with a token. This is said once");
    }
    return isLogin;
  }
}
