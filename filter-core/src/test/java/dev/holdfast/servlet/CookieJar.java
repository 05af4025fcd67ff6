package dev.holdfast.servlet;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A browser that keeps cookies by name and path, and sends those whose path matches, longer paths
 * first (RFC 6265 section 5.4).
 */
final class CookieJar {
  private static final Pattern PATH = Pattern.compile("(?i); *path=([^;]*)");

  private record Place(String name, String path) {}

  private final Browser browser;
  private final Map<Place, String> kept = new HashMap<>();

  CookieJar(Browser browser) {
    this.browser = browser;
  }

  /** Another jar's cookies, copied. */
  CookieJar withStolen(CookieJar owner) {
    kept.putAll(owner.kept);
    return this;
  }

  void put(String name, String path, String value) {
    kept.put(new Place(name, path), value);
  }

  /** What is kept for that path; null when there is none. */
  @Nullable String value(String name, String path) {
    return kept.get(new Place(name, path));
  }

  HttpResponse<String> get(String target) {
    browser.cookies().clear();
    String field = field(URI.create(target).getPath());
    HttpResponse<String> response =
        field.isEmpty() ? browser.get(target) : browser.get(target, "Cookie", field);
    response.headers().allValues("set-cookie").forEach(this::keep);
    return response;
  }

  /** The page, after at most one redirect. */
  String page(String target) {
    HttpResponse<String> response = get(target);
    if (response.statusCode() == 307) {
      String location = response.headers().firstValue("location").orElseThrow();
      response = get(URI.create(target).resolve(location).toString());
    }
    return response.statusCode() == 200 ? response.body() : "status " + response.statusCode();
  }

  private String field(String path) {
    return kept.entrySet().stream()
        .filter(cookie -> covers(cookie.getKey().path(), path))
        .sorted(
            Comparator.comparing(
                (Map.Entry<Place, String> cookie) -> -cookie.getKey().path().length()))
        .map(cookie -> cookie.getKey().name() + '=' + cookie.getValue())
        .collect(Collectors.joining("; "));
  }

  private static boolean covers(String cookie, String path) {
    return path.equals(cookie) || path.startsWith(cookie.endsWith("/") ? cookie : cookie + '/');
  }

  private void keep(String line) {
    String pair = line.split(";", 2)[0];
    Matcher attribute = PATH.matcher(line);
    Place place =
        new Place(
            pair.substring(0, pair.indexOf('=')).trim(),
            attribute.find() ? attribute.group(1).trim() : "/");
    if (line.contains("Max-Age=0")
        || line.contains("01 Jan 1970")
        || line.contains("01-Jan-1970")) {
      kept.remove(place);
    } else {
      kept.put(place, pair.substring(pair.indexOf('=') + 1).trim());
    }
  }
}
