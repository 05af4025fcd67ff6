package dev.holdfast.servlet.cookie;

import dev.holdfast.Binding;
import dev.holdfast.cookie.BoundCookie;
import dev.holdfast.cookie.CompanionCheck;
import dev.holdfast.cookie.CompanionCheck.Vouched;
import dev.holdfast.cookie.CookieScope;
import dev.holdfast.servlet.cookie.session.CookieFields;
import dev.holdfast.servlet.cookie.session.CookieRules;
import dev.holdfast.servlet.cookie.session.RequestedSession;
import dev.holdfast.servlet.cookie.session.SessionCookie;
import dev.holdfast.servlet.cookie.session.SetCookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about one request's cookies: which of them its caller may use, and what the
 * browser is told. It is decided once and kept with the request for all its dispatches.
 *
 * <p>A container finds its session before any filter runs, and no filter can make it forget that.
 * So a live session is checked by its own identifier, however the container came by it, and a
 * request with one that its caller may not use does not reach the application at all.
 */
final class CookieCase {
  private static final String PLAIN_HTTP = "it came over plain http";

  private final CookieRules rules;
  private final Set<Binding> proven;
  private final boolean secure;
  private final SessionCookie session;
  private final RequestedSession requested;
  private final Companions companions;
  private final Set<String> hidden = new HashSet<>();
  private final List<String> announcements = new ArrayList<>();
  private @Nullable String refusedSession;
  private @Nullable String earlySession;
  private boolean live;
  private volatile @Nullable String boundSession;
  private volatile @Nullable String sessionCompanion;

  private CookieCase(CookieRules rules, Set<Binding> proven, HttpServletRequest request) {
    this.rules = rules;
    this.proven = proven;
    // a key is proven in TLS only, be it at this server or at the trusted proxy before it
    this.secure = rules.evidence().isSecure(request) || !proven.isEmpty();
    this.session = SessionCookie.of(rules, request);
    this.requested = RequestedSession.of(request);
    this.companions = new Companions(rules, proven, session, request);
  }

  /**
   * Decides about the cookies of a request.
   *
   * @param response what the container has said so far
   */
  static CookieCase of(
      CookieRules rules,
      Set<Binding> proven,
      HttpServletRequest request,
      HttpServletResponse response) {
    CookieCase made = new CookieCase(rules, proven, request);
    CookieFields cookies = new CookieFields(request);
    made.live = made.bindsSession() && made.judgeSession(request, response);
    for (String name : rules.names()) {
      if (!made.live || !name.equals(made.session.name())) {
        made.judge(name, request, cookies);
      }
    }
    return made;
  }

  /** Whether a live session was found, whatever became of it. */
  private boolean judgeSession(HttpServletRequest request, HttpServletResponse response) {
    HttpSession found = requested.session(request);
    if (found == null) {
      return false;
    }
    if (isOfThisRequest(found, request)) {
      earlySession = found.getId();
      return false;
    }
    if (request.isRequestedSessionIdFromURL()) {
      refusedSession = "its session came in the url";
      return true;
    }
    CompanionCheck check =
        secure
            ? companions.checkSession(found.getId(), requested)
            : new CompanionCheck.Refused(PLAIN_HTTP);
    if (check instanceof CompanionCheck.Holds holds) {
      boundSession = found.getId();
      requested.vouchFor(found.getId());
      BoundCookie cookie = new BoundCookie(session.name(), found.getId());
      if (session.isSentAgain(response)) {
        SetCookie again = session.sent(found.getId(), response);
        announceAgain(cookie, holds, again.scope(rules.clock()), again.relativeLifetime());
      } else if (holds.vouched() == Vouched.BY_OLD_SECRET) {
        announceAgain(cookie, holds, holds.scope(), "");
      }
    } else if (check instanceof CompanionCheck.Refused refused) {
      refusedSession = refused.rule();
    }
    return true;
  }

  /** A filter or listener before this one made it; nobody can have asked for it. */
  private static boolean isOfThisRequest(HttpSession found, HttpServletRequest request) {
    return found.isNew() && !request.isRequestedSessionIdValid();
  }

  private void judge(String name, HttpServletRequest request, CookieFields cookies) {
    CookieFields.Received received = cookies.received(name);
    if (received.absent()) {
      return;
    }
    CompanionCheck check =
        received.value() == null
            ? new CompanionCheck.Refused("there are several, or it is malformed")
            : check(name, received.value());
    String value = received.value();
    if (name.equals(session.name()) && value != null && check instanceof CompanionCheck.Refused) {
      value = RequestedSession.withoutNode(value);
      check = check(name, value);
    }
    if (check instanceof CompanionCheck.Holds holds && value != null) {
      if (name.equals(session.name())) {
        requested.vouchFor(value);
      }
      if (holds.vouched() == Vouched.BY_OLD_SECRET) {
        announceAgain(new BoundCookie(name, value), holds, holds.scope(), "");
      }
    } else if (check instanceof CompanionCheck.Refused refused) {
      CookieLog.refused(name, refused.rule());
      hidden.add(name);
      announceEnd(name, request.getContextPath());
    }
  }

  private CompanionCheck check(String name, String value) {
    return secure ? companions.check(name, value) : new CompanionCheck.Refused(PLAIN_HTTP);
  }

  private void announceAgain(
      BoundCookie cookie, CompanionCheck.Holds holds, CookieScope scope, String lifetime) {
    rules
        .binder()
        .bind(cookie, holds.bindings(), scope)
        .map(value -> scope.setCookie(CookieRules.companionOf(cookie.name()), value) + lifetime)
        .ifPresent(announcements::add);
  }

  private void announceEnd(String name, String contextPath) {
    Set<String> paths =
        name.equals(session.name())
            ? session.ownPaths(contextPath)
            : SetCookie.usualPaths(name, contextPath);
    for (String path : paths) {
      announcements.add(ended(name, "Path=" + path));
      announcements.add(ended(CookieRules.companionOf(name), "Path=" + path));
    }
  }

  static String ended(String name, String where) {
    return new CookieScope(where + (where.isEmpty() ? "" : "; ") + "Max-Age=0").setCookie(name, "");
  }

  boolean bindsSession() {
    return rules.binds(session.name());
  }

  CookieRules rules() {
    return rules;
  }

  boolean secure() {
    return secure;
  }

  SessionCookie session() {
    return session;
  }

  /** Why the request's live session is not the caller's, or null when nothing is wrong with it. */
  @Nullable String refusedSession() {
    return refusedSession;
  }

  /** The names of the cookies that the application does not see. */
  Set<String> hidden() {
    return rules.andCompanions(hidden);
  }

  /** Whether the client sent a cookie that it may not use. */
  boolean hidesAny() {
    return !hidden.isEmpty();
  }

  /** Whether the container's session cookie is one of them. */
  boolean hidesSession() {
    return hidden.contains(session.name());
  }

  /** Tells the browser what was decided before the application runs. */
  void announce(HttpServletResponse response) {
    announcements.forEach(line -> response.addHeader(SetCookie.KEPT_FIELD, line));
    String companion = sessionCompanion;
    if (companion != null) {
      response.addHeader(SetCookie.FIELD, companion);
    }
  }

  /** Whether {@link #announce} has something to say. */
  boolean hasAnnouncements() {
    return !announcements.isEmpty() || sessionCompanion != null;
  }

  /**
   * Issues the companion of the container's session, once for each identifier that it has. A
   * session that must not be used by anyone has its cookie cleared again.
   */
  void issue(HttpSession made, HttpServletResponse response) {
    String id = made.getId();
    if (!bindsSession() || id.equals(boundSession)) {
      return;
    }
    boundSession = id;
    SetCookie cookie = session.sent(id, response);
    if (requested.isUnproven(id)) {
      CookieLog.withheld(session.name(), "the client sent this identifier, and no companion");
      UndertowInclude.write(response, () -> response.addCookie(cookie.cleared()));
      return;
    }
    CookieScope scope = cookie.scope(rules.clock());
    Optional<String> companion = companion(session.name(), id, scope);
    if (companion.isPresent()) {
      String line =
          scope.setCookie(CookieRules.companionOf(session.name()), companion.get())
              + cookie.relativeLifetime();
      sessionCompanion = line;
      UndertowInclude.write(response, () -> response.addHeader(SetCookie.FIELD, line));
    } else {
      UndertowInclude.write(response, () -> response.addCookie(cookie.cleared()));
    }
  }

  /**
   * Whether the container may make a session of the identifier that the client sent: it found no
   * live one of this application.
   */
  boolean mayReuse() {
    return bindsSession() && !live && requested.isSent();
  }

  RequestedSession requested() {
    return requested;
  }

  /** Whether something before this filter made the session in this request. */
  boolean isEarly(HttpSession made) {
    return made.getId().equals(earlySession);
  }

  /** A companion's value for a cookie that is being issued; empty when it must not be. */
  Optional<String> companion(String name, String value, CookieScope scope) {
    Optional<String> companion =
        secure
            ? rules.binder().bind(new BoundCookie(name, value), proven, scope)
            : Optional.empty();
    if (companion.isEmpty()) {
      CookieLog.withheld(name, secure ? "the caller proved no key" : PLAIN_HTTP);
    }
    return companion;
  }

  /** The line that ends the companion of a cookie that the application ends. */
  static String endOfCompanion(SetCookie cookie) {
    return ended(CookieRules.companionOf(cookie.name()), cookie.where());
  }
}
