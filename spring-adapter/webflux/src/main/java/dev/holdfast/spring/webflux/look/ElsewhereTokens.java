package dev.holdfast.spring.webflux.look;

import dev.holdfast.internal.ApplicationLog;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpMethod;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;

/**
 * Says at the start that a chain's converter takes a token from somewhere else than the field
 * {@code Authorization}: a parameter (RFC 6750 sections 2.2 and 2.3), another field, a cookie.
 * Holdfast takes none from there. It is found by trying the converter, with a token that is none.
 */
public final class ElsewhereTokens {
  private static final System.Logger LOGGER = ApplicationLog.named("dev.holdfast");

  private static final int MOST_PLACES = 20;

  private ElsewhereTokens() {}

  /**
   * One line, if the converter looks elsewhere.
   *
   * @param chain what the chain is called in a text
   */
  public static void warnOf(ServerAuthenticationConverter converter, String chain) {
    Set<String> places = new TreeSet<>();
    for (HttpMethod method : new HttpMethod[] {HttpMethod.GET, HttpMethod.POST}) {
      addAll(places, converter, method);
    }
    if (places.isEmpty()) {
      return;
    }
    boolean takesAuthorization = makesSomething(converter, TrialExchange.inAuthorization());
    LOGGER.log(
        Level.WARNING,
        chain
            + " looks for access tokens outside of Authorization: "
            + String.join(", ", places)
            + (takesAuthorization ? "" : ", and finds none in Authorization")
            + ". Holdfast takes none from there: a request with such a token alone is answered with"
            + " 401, unless its policy is off"
            + (takesAuthorization ? "" : ", and so is every request with a token")
            + ". Send the token in Authorization, and remove the option or the converter");
  }

  /** One that finds a token asks no further: it is tried again without what it has found. */
  private static void addAll(
      Set<String> places, ServerAuthenticationConverter converter, HttpMethod method) {
    boolean foundMore = true;
    while (foundMore && places.size() < MOST_PLACES) {
      TrialExchange trial = TrialExchange.elsewhere(method, places);
      Set<String> found =
          makesSomething(converter, trial)
              ? trial.asked()
              : trial.asked().contains(TrialExchange.COOKIE)
                  ? Set.of(TrialExchange.COOKIE)
                  : Set.of();
      foundMore = places.addAll(found);
    }
  }

  /** Or refuses what it was given. */
  private static boolean makesSomething(
      ServerAuthenticationConverter converter, TrialExchange trial) {
    try {
      CompletableFuture<Authentication> answer = converter.convert(trial.exchange()).toFuture();
      return answer.isCompletedExceptionally() || answer.getNow(null) != null;
    } catch (RuntimeException refused) {
      return true;
    }
  }
}
