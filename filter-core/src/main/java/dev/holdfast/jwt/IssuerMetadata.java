package dev.holdfast.jwt;

import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.internal.issuer.HttpAnswer;
import dev.holdfast.internal.issuer.IssuerHttp;
import dev.holdfast.internal.json.MalformedJsonException;
import dev.holdfast.internal.json.StrictJson;
import dev.holdfast.internal.net.IssuerUri;
import dev.holdfast.internal.waiting.Deadline;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds {@code jwks_uri} in the issuer's metadata: RFC 8414 first, then OpenID Connect Discovery. A
 * document counts only when its {@code issuer} is the configured one (RFC 8414 section 3.3).
 */
final class IssuerMetadata {
  private static final Pattern PRINTABLE = Pattern.compile("[!-~]{0,200}");

  private final IssuerHttp http;
  private final String issuer;
  private final boolean allowPlainHttp;
  private final List<URI> places;

  private IssuerMetadata(IssuerHttp http, JwtIssuer issuer, List<URI> places) {
    this.http = http;
    this.issuer = issuer.issuer();
    this.allowPlainHttp = issuer.allowPlainHttp();
    this.places = places;
  }

  static IssuerMetadata of(IssuerHttp http, JwtIssuer issuer) {
    return new IssuerMetadata(
        http, issuer, issuer.jwkSetUri() != null ? List.of() : places(issuer.issuer()));
  }

  /** The same with the configuration of a transmitter first (Shared Signals 1.0 section 7.2). */
  static IssuerMetadata ofTransmitter(IssuerHttp http, JwtIssuer issuer) {
    if (issuer.jwkSetUri() != null) {
      return of(http, issuer);
    }
    List<URI> all = new ArrayList<>(List.of(inserted(issuer.issuer(), "ssf-configuration")));
    all.addAll(places(issuer.issuer()));
    return new IssuerMetadata(http, issuer, List.copyOf(all));
  }

  /**
   * Asks, on this thread. The next place is asked whatever is wrong with the one before, which has
   * at most half of the time left.
   *
   * @throws IssuerUnavailableException when no place says, with what is wrong with each
   */
  URI jwkSetUri(Deadline end) {
    List<String> reasons = new ArrayList<>();
    IssuerUnavailableException first = null;
    for (URI place : places) {
      try {
        Deadline share = reasons.size() + 1 < places.size() ? end.half() : end;
        return jwkSetUriIn(http.get(place, "application/json").ask(share));
      } catch (UnusableMetadataException unusable) {
        reasons.add(place + " " + unusable.getMessage());
      } catch (IssuerUnavailableException unavailable) {
        reasons.add(place + " gives no answer: " + unavailable.getMessage());
        first = first == null ? unavailable : first;
      }
    }
    throw new IssuerUnavailableException(
        "the issuer's metadata name no key set: " + String.join("; ", reasons), first);
  }

  /** Where the metadata may lie: the well-known part goes before the path, or after it. */
  static List<URI> places(String issuer) {
    return List.of(
        inserted(issuer, "oauth-authorization-server"),
        URI.create(withoutSlash(issuer) + "/.well-known/openid-configuration"));
  }

  private static URI inserted(String issuer, String name) {
    String base = withoutSlash(issuer);
    int path = base.indexOf('/', base.indexOf("://") + 3);
    String origin = path < 0 ? base : base.substring(0, path);
    return URI.create(origin + "/.well-known/" + name + base.substring(origin.length()));
  }

  private URI jwkSetUriIn(HttpAnswer answer) throws UnusableMetadataException {
    if (answer.status() != 200) {
      throw new UnusableMetadataException(
          "answers with status "
              + answer.status()
              + (answer.status() / 100 == 3 ? ", and a redirect is not followed" : ""));
    }
    Map<String, Object> metadata;
    try {
      metadata = StrictJson.parseObject(answer.body());
    } catch (MalformedJsonException malformed) {
      throw new UnusableMetadataException("is malformed: " + malformed.getMessage());
    }
    if (!issuer.equals(metadata.get("issuer"))) {
      throw new UnusableMetadataException(difference(metadata.get("issuer")));
    }
    if (!(metadata.get("jwks_uri") instanceof String uri)) {
      throw new UnusableMetadataException("has no jwks_uri");
    }
    try {
      return IssuerUri.require("jwks_uri", uri, allowPlainHttp);
    } catch (IllegalArgumentException unsafe) {
      throw new UnusableMetadataException(
          "has an unsafe jwks_uri: it is neither https nor loopback");
    }
  }

  /** How the document's issuer differs from the configured one; nothing of it is quoted unread. */
  private String difference(@Nullable Object named) {
    if (!(named instanceof String text)) {
      return "names no issuer";
    }
    if (withoutSlash(text).equals(withoutSlash(issuer))) {
      return text.endsWith("/")
          ? "is of an issuer that ends with a slash, and the configured one does not"
          : "is of an issuer that does not end with a slash, and the configured one does";
    }
    return "is of the issuer "
        + (PRINTABLE.matcher(text).matches() ? text : "of unprintable or very long name")
        + ", which is not the configured one";
  }

  private static String withoutSlash(String text) {
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  /** Why one place does not do; for the log. */
  private static final class UnusableMetadataException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableMetadataException(String reason) {
      super(reason);
    }
  }
}
