package dev.holdfast.servlet.cookie;

import dev.holdfast.cookie.CookieScope;
import dev.holdfast.servlet.cookie.session.CookieRules;
import dev.holdfast.servlet.cookie.session.SetCookie;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The response as the application sees it: a cookie that it sets under a bound name gets {@code
 * Secure}, {@code HttpOnly} and its companion in the same moment, or is not set at all.
 */
final class BoundResponse extends HttpServletResponseWrapper {
  private final CookieCase known;

  BoundResponse(HttpServletResponse response, CookieCase known) {
    super(response);
    this.known = known;
  }

  @Override
  public void addCookie(Cookie cookie) {
    if (known.rules().binds(cookie.getName())) {
      Cookie issued = (Cookie) cookie.clone();
      issued.setSecure(true);
      issued.setHttpOnly(true);
      issue(SetCookie.of(cookie), () -> super.addCookie(issued));
    } else if (!known.rules().isCompanion(cookie.getName())) {
      super.addCookie(cookie);
    }
  }

  @Override
  public void addHeader(String name, @Nullable String value) {
    if (value != null && SetCookie.FIELD.equalsIgnoreCase(name)) {
      addSetCookie(value);
    } else {
      super.addHeader(name, value);
    }
  }

  /** Replaces what the application set so far, and nothing of what the browser must hear. */
  @Override
  public void setHeader(String name, @Nullable String value) {
    if (!SetCookie.FIELD.equalsIgnoreCase(name)) {
      super.setHeader(name, value);
      return;
    }
    HttpServletResponse plain = (HttpServletResponse) getResponse();
    if (known.hasAnnouncements()) {
      plain.setHeader(name, null); // where a container ignores that, the old lines stay
      known.announce(plain);
      if (value != null) {
        addSetCookie(value);
      }
    } else if (value == null) {
      super.setHeader(name, null);
    } else {
      SetCookie cookie = SetCookie.parse(value);
      if (known.rules().binds(cookie.name())) {
        super.setHeader(name, null);
        addSetCookie(value);
      } else if (!known.rules().isCompanion(cookie.name())) {
        super.setHeader(name, value);
      }
    }
  }

  private void addSetCookie(String value) {
    SetCookie cookie = SetCookie.parse(value);
    if (known.rules().binds(cookie.name())) {
      String issued =
          value
              + (cookie.has("Secure") ? "" : "; Secure")
              + (cookie.has("HttpOnly") ? "" : "; HttpOnly");
      issue(cookie, () -> super.addHeader(SetCookie.FIELD, issued));
    } else if (!known.rules().isCompanion(cookie.name())) {
      super.addHeader(SetCookie.FIELD, value);
    }
  }

  private void issue(SetCookie cookie, Runnable cookieItself) {
    if (cookie.isDeletion(known.rules().clock())) {
      cookieItself.run();
      super.addHeader(SetCookie.FIELD, CookieCase.endOfCompanion(cookie));
      return;
    }
    if (!cookie.isPlain()) {
      throw new IllegalArgumentException(
          "the value of a bound cookie has a character that rfc 6265 does not let it have");
    }
    CookieScope scope = cookie.scope(known.rules().clock());
    Optional<String> companion = known.companion(cookie.name(), cookie.value(), scope);
    if (companion.isPresent()) {
      cookieItself.run();
      super.addHeader(
          SetCookie.FIELD,
          scope.setCookie(CookieRules.companionOf(cookie.name()), companion.get())
              + cookie.relativeLifetime());
    }
  }

  @Override
  public void reset() {
    super.reset();
    known.announce((HttpServletResponse) getResponse());
  }

  /** A session is never in a URL, where everybody can read and copy it. */
  @Override
  public String encodeURL(String url) {
    return known.bindsSession() ? url : super.encodeURL(url);
  }

  @Override
  public String encodeRedirectURL(String url) {
    return known.bindsSession() ? url : super.encodeRedirectURL(url);
  }
}
