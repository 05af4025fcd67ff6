package dev.holdfast.servlet.registration.container;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One order of filter mappings, whatever the container calls them. */
public final class FilterOrder {
  private FilterOrder() {}

  /**
   * The same mappings with every handshake behind the last of the filter's; null when the order is
   * right as it is.
   *
   * @param own whether a mapping is the filter's
   * @param handshake whether a mapping is that of the container's WebSocket support
   */
  static <T> @Nullable List<T> mended(List<T> mappings, Predicate<T> own, Predicate<T> handshake) {
    int last = -1;
    for (int i = 0; i < mappings.size(); i++) {
      last = own.test(mappings.get(i)) ? i : last;
    }
    List<T> before = new ArrayList<>();
    List<T> moved = new ArrayList<>();
    for (int i = 0; i <= last; i++) {
      (handshake.test(mappings.get(i)) ? moved : before).add(mappings.get(i));
    }
    if (moved.isEmpty()) {
      return null;
    }
    List<T> mended = new ArrayList<>(before);
    mended.addAll(moved);
    mended.addAll(mappings.subList(last + 1, mappings.size()));
    return mended;
  }

  /** What stops a start when the order cannot be mended. */
  public static IllegalStateException refusal(String filter, String why) {
    return new IllegalStateException(
        "WebSocket handshakes would not pass the filter "
            + filter
            + ": "
            + why
            + ". Map the filter by <url-pattern>, with register(...) or in web.xml, and add"
            + " WebSocket endpoints by the servlet context's own means");
  }
}
