package dev.holdfast.servlet;

import jakarta.servlet.ServletContext;
import java.lang.System.Logger.Level;

/**
 * Undertow chooses the filters of a request by its path as it was sent, and the static file by the
 * path without its dot segments and double slashes: {@code /x/../api/file} misses a filter on
 * {@code /api/*}, {@code /file.txt/.} misses one on {@code *.txt}, and both get the file. Nothing
 * of that passes the filter, so that it can only be said.
 */
final class UndertowFiles {
  private UndertowFiles() {}

  static void warnUnlessEverything(
      ServletContext context, MappedPaths paths, MappedDispatchers dispatchers) {
    boolean areAllSeen = paths.areAll() && dispatchers.seeRequestsOf("/*");
    if (areAllSeen || !context.getClass().getName().startsWith("io.undertow.")) {
      return;
    }
    System.getLogger("dev.holdfast")
        .log(
            Level.WARNING,
            "this filter is mapped to "
                + paths
                + ", and Undertow serves static files there to requests such as /x/../api/file or"
                + " /file.txt/. without asking the filter. Map it to /* and serve public files"
                + " from another web application, or put Undertow's CanonicalPathHandler in"
                + " front.");
  }
}
