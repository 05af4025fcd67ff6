package dev.holdfast.servlet.cookie;

import dev.holdfast.Binding;
import dev.holdfast.cookie.BoundCookie;
import dev.holdfast.cookie.CompanionCheck;
import dev.holdfast.servlet.cookie.session.CookieFields;
import dev.holdfast.servlet.cookie.session.CookieRules;
import dev.holdfast.servlet.cookie.session.RequestedSession;
import dev.holdfast.servlet.cookie.session.SessionCookie;
import dev.holdfast.servlet.wire.WireRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The companions that one request has, and what a cookie is worth with them. */
final class Companions {
  private static final int MOST = 4;

  private final CookieRules rules;
  private final Set<Binding> proven;
  private final SessionCookie session;
  private final HttpServletRequest request;
  private final CookieFields cookies;

  /**
   * Those of a request.
   *
   * @param proven every key that its caller proved
   */
  Companions(
      CookieRules rules, Set<Binding> proven, SessionCookie session, HttpServletRequest request) {
    this.rules = rules;
    this.proven = proven;
    this.session = session;
    this.request = request;
    this.cookies = new CookieFields(request);
  }

  /** What this cookie is worth: it must be the only companion of that name. */
  CompanionCheck check(String name, String value) {
    return check(name, value, received(name));
  }

  private CompanionCheck check(String name, String value, CookieFields.Received companion) {
    if (companion.value() == null) {
      return new CompanionCheck.Refused(
          companion.absent()
              ? "its companion is missing"
              : "there are several companions, or one is malformed");
    }
    return check(name, value, companion.value());
  }

  /**
   * What the session is worth that the container found. A browser sends the cookies of an outer
   * application too, behind those of this one (RFC 6265 section 5.4). Exactly one pair of an
   * identifier and a companion must hold for the caller, and it must be this identifier's.
   *
   * @param id the session's identifier
   * @param requested which identifier the container took from the request
   */
  CompanionCheck checkSession(String id, RequestedSession requested) {
    String name = session.name();
    CookieFields.Received companions = received(name);
    List<String> values = cookies.received(name).values();
    if (companions.values().size() < 2 || companions.values().size() > MOST) {
      return check(name, id, companions);
    }
    boolean isPicked = requested.is(id) && values.stream().anyMatch(value -> isSame(value, id));
    if (!isPicked || values.size() > MOST) {
      return check(name, id, companions);
    }
    CompanionCheck only = new CompanionCheck.Refused("none of several companions is its own");
    int holding = 0;
    for (String companion : companions.values()) {
      CompanionCheck check = check(name, id, companion);
      if (check instanceof CompanionCheck.Holds) {
        only = check;
        holding++;
      }
      for (String other : others(values, id)) {
        if (isHeld(name, other, companion)) {
          holding++;
        }
      }
    }
    return holding > 1
        ? new CompanionCheck.Refused("there are several cookies with a companion that holds")
        : only;
  }

  /** As they were received, and as Jetty would read them. */
  private static Set<String> others(List<String> values, String id) {
    Set<String> others = new LinkedHashSet<>();
    for (String value : values) {
      if (!isSame(value, id)) {
        others.add(value);
        others.add(RequestedSession.withoutNode(value));
      }
    }
    return others;
  }

  private static boolean isSame(String value, String id) {
    return RequestedSession.isSame(value, id);
  }

  private boolean isHeld(String name, String value, String companion) {
    return rules.binder().check(new BoundCookie(name, value), companion, proven)
        instanceof CompanionCheck.Holds;
  }

  private CompanionCheck check(String name, String value, String companion) {
    CompanionCheck check = rules.binder().check(new BoundCookie(name, value), companion, proven);
    String own =
        name.equals(session.name()) ? session.withValue("").attributes().get("Path") : null;
    return check instanceof CompanionCheck.Holds holds
            && !CompanionPath.covers(holds.scope(), request, rules.evidence(), own)
        ? new CompanionCheck.Refused("its companion was issued for another path")
        : check;
  }

  /** The filter of an application that forwarded to this one has hidden them from it. */
  private CookieFields.Received received(String name) {
    String companion = CookieRules.companionOf(name);
    CookieFields.Received received = cookies.received(companion);
    return received.absent()
        ? new CookieFields(WireRequest.httpBelow(request)).received(companion)
        : received;
  }
}
