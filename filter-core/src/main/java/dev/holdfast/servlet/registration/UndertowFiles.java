package dev.holdfast.servlet.registration;

import dev.holdfast.internal.ApplicationLog;
import dev.holdfast.servlet.registration.container.UndertowFilters;
import jakarta.servlet.ServletContext;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * Undertow chooses the filters of a request by its path as it was sent, and the static file by the
 * path without its dot segments, double slashes and path parameters: {@code /x/../api/file} and
 * {@code /;x/api/file} miss a filter on {@code /api/*}, {@code /file.txt/.} misses one on {@code
 * *.txt}, and all of them get the file. In the same way {@code /api/./x} misses a filter on {@code
 * /api/x}, and reaches a servlet on {@code /api/*}. Nothing of that passes the filter, so that it
 * can only be said.
 */
public final class UndertowFiles {
  private UndertowFiles() {}

  public static void warnUnlessEverything(
      ServletContext context, MappedPaths paths, MappedDispatchers dispatchers) {
    boolean areAllSeen = paths.areAll() && dispatchers.seeRequestsOf("/*");
    if (areAllSeen || !UndertowFilters.isIn(context)) {
      return;
    }
    List<String> exact =
        paths.exact().stream().filter(path -> isServedByMore(context, path)).toList();
    ApplicationLog.named("dev.holdfast")
        .log(
            Level.WARNING,
            "this filter is mapped to "
                + paths
                + ", and Undertow serves static files there to requests such as /x/../api/file or"
                + " /file.txt/. without asking the filter."
                + (exact.isEmpty() ? "" : servedAround(exact))
                + " Map it to /* and serve public files"
                + " from another web application, or put Undertow's CanonicalPathHandler in"
                + " front.");
  }

  private static String servedAround(List<String> exact) {
    return " A servlet that is mapped to more than "
        + String.join(", ", exact)
        + " also answers other spellings, such as /api/./x and /api//x for /api/x, without asking"
        + " it.";
  }

  /** Whether a servlet has this path and others like it. */
  private static boolean isServedByMore(ServletContext context, String path) {
    return context.getServletRegistrations().values().stream()
        .flatMap(servlet -> Mappings.paths(servlet).stream())
        .anyMatch(
            mapping ->
                mapping.equals("/")
                    || (mapping.endsWith("/*") && RequestCoverage.covers(mapping, path)));
  }
}
