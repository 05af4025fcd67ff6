package dev.holdfast.servlet.registration.container;

import dev.holdfast.internal.ApplicationLog;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import java.lang.System.Logger.Level;
import java.util.regex.Pattern;

/**
 * A start that failed, where the container does not stop the application for that. GlassFish and
 * Payara drop such a filter, and serve what is behind it to everybody.
 */
public final class FailedStart {
  private static final Pattern DROPS_FILTERS =
      Pattern.compile("payara|glassfish", Pattern.CASE_INSENSITIVE);

  private FailedStart() {}

  /**
   * Whether this filter must seem to have started and refuse every request. Then it is said in the
   * log, once. In every other container the failure is to be thrown.
   */
  public static boolean mustRefuseAll(FilterConfig config, Throwable failure) {
    String server = String.valueOf(config.getServletContext().getServerInfo());
    if (!DROPS_FILTERS.matcher(server).find()) {
      return false;
    }
    ApplicationLog.named("dev.holdfast")
        .log(
            Level.ERROR,
            "the filter "
                + config.getFilterName()
                + " did not start, and refuses every request: "
                + failure);
    return true;
  }

  /** What every request gets: the container answers 500. */
  public static ServletException refusal() {
    return new ServletException("the Holdfast filter did not start; the log says why");
  }
}
