package dev.holdfast.http.metadata;

import dev.holdfast.internal.net.IssuerUri;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The name of a protected resource (RFC 9728 section 1.2): an {@code https} URI without query and
 * fragment, or an {@code http} one of a loopback address. Clients compare it to the letter, so it
 * stays as it was written.
 */
public final class ResourceIdentifier {
  /** Where the metadata of a resource without a path is (RFC 9728 section 3). */
  public static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

  private static final int MAX_LENGTH = 2048;

  private final String origin;
  private final String path;

  private ResourceIdentifier(String origin, String path) {
    this.origin = origin;
    this.path = path;
  }

  /** The name in this text, or null when it is none. */
  public static @Nullable ResourceIdentifier parse(String text) {
    if (text.length() > MAX_LENGTH || text.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      return null;
    }
    try {
      URI uri = IssuerUri.require("a resource", text);
      String path = uri.getRawPath();
      return uri.getRawQuery() != null || hasDotSegment(path)
          ? null
          : new ResourceIdentifier(text.substring(0, text.length() - path.length()), path);
    } catch (IllegalArgumentException noUri) {
      return null;
    }
  }

  /** A client would resolve it, and ask for another path. */
  private static boolean hasDotSegment(String path) {
    String plain = path.toLowerCase(Locale.ROOT).replace("%2e", ".");
    return Arrays.stream(plain.split("/", -1))
        .anyMatch(segment -> segment.equals(".") || segment.equals(".."));
  }

  /** Scheme, host and, if it was written, port. */
  String origin() {
    return origin;
  }

  /** The path of its metadata: its own behind the well-known one (RFC 9728 section 3.1). */
  public String metadataPath() {
    return WELL_KNOWN + (path.equals("/") ? "" : path);
  }

  /** Whether its path is this prefix, or lies below it; an empty prefix is above every path. */
  boolean isBelow(String prefix) {
    return prefix.isEmpty() || path.equals(prefix) || path.startsWith(prefix + '/');
  }

  /** The name as it was written. */
  @Override
  public String toString() {
    return origin + path;
  }
}
