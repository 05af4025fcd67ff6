package dev.holdfast.servlet.registration.container;

import java.util.regex.Pattern;

/**
 * Handlers of Jetty's own that answer by themselves. In a servlet context they come before the
 * servlet handler, and so before every filter. Handlers that only hand on, or only refuse, are
 * lawful there.
 */
final class JettyHandlers {
  private static final Pattern ANSWERING =
      Pattern.compile(
          "org\\.eclipse\\.jetty\\..*[.$]((?:Resource|Default|Proxy|FastCGIProxy|Connect|Shutdown"
              + "|MovedContext|Dump|Echo|WebSocketUpgrade)Handler)");

  private JettyHandlers() {}

  /**
   * Refuses one of them, and one that extends it.
   *
   * @param descendants every handler in the context
   * @param filter what the requests would not pass
   */
  static void refuse(Iterable<?> descendants, String filter) {
    for (Object handler : descendants) {
      for (Class<?> type = handler.getClass(); type != null; type = type.getSuperclass()) {
        var answering = ANSWERING.matcher(type.getName());
        if (answering.matches()) {
          throw refusal(filter, answering.group(1), handler.getClass().getName());
        }
      }
    }
  }

  private static IllegalStateException refusal(String filter, String kind, String name) {
    String found = "a " + kind + " is in its context";
    if (kind.startsWith("WebSocket")) {
      return FilterOrder.refusal(filter, found);
    }
    return new IllegalStateException(
        "requests would not pass the filter "
            + filter
            + ": "
            + found
            + " ("
            + name
            + "), and answers before every filter. Remove it, and serve its content by a servlet"
            + " of the context, such as Jetty's DefaultServlet for files, or move it out of the"
            + " context if what it serves is public");
  }
}
