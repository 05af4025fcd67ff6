package dev.holdfast.configuration.settings;

import dev.holdfast.configuration.InvalidSettingException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * {@code cors}: which other sites' scripts may call, where the filter itself answers their
 * preflights (the Fetch standard's CORS protocol). In Spring, {@code http.cors(...)} does that.
 *
 * @param allowedOrigins such as https://app.example, or * alone; none: preflights are the
 *     application's business
 */
public record CorsSettings(Set<String> allowedOrigins) {
  private static final Pattern ORIGIN =
      Pattern.compile("https?://(\\[[0-9a-f:.]+]|[a-z0-9._-]+)(:[1-9][0-9]{0,4})?");

  /** Copies the set, and refuses what a browser never sends as an origin. */
  public CorsSettings {
    allowedOrigins = Set.copyOf(allowedOrigins);
    for (String origin : allowedOrigins) {
      boolean any = origin.equals("*") && allowedOrigins.size() == 1;
      if (!any && !ORIGIN.matcher(origin).matches()) {
        throw new InvalidSettingException(
            "holdfast.cors.allowed-origins",
            '"' + origin.toLowerCase(Locale.ROOT) + "\" is no origin",
            "Write scheme, host and port as browsers do, in lower case and without a path, such as"
                + " https://app.example, or * alone");
      }
    }
  }

  /** The filter answers no preflight. */
  public static CorsSettings none() {
    return new CorsSettings(Set.of());
  }
}
