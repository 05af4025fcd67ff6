package dev.holdfast.servlet.cookie.session;

import dev.holdfast.servlet.wire.WireRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The session identifier that the client itself sent, in a cookie or in the URL, and whether this
 * request proved a companion for it.
 *
 * <p>Containers give a new session that identifier when another application of the same server has
 * a session of it (Jakarta Servlet 6.1, section 7.1.1: identifiers may be shared, contents never).
 * Whoever sends a stolen identifier to a second application would get a companion for it there.
 */
public final class RequestedSession {
  private static final ReentrantLock[] MAKING = new ReentrantLock[64];

  static {
    for (int i = 0; i < MAKING.length; i++) {
      MAKING[i] = new ReentrantLock();
    }
  }

  private final @Nullable String id;
  private volatile @Nullable String vouched;

  private RequestedSession(@Nullable String id) {
    this.id = id;
  }

  /** What the container's own request says, below everything that filters wrapped around it. */
  public static RequestedSession of(HttpServletRequest request) {
    return new RequestedSession(WireRequest.httpBelow(request).getRequestedSessionId());
  }

  /** A valid companion was there for this identifier. */
  public void vouchFor(String proven) {
    vouched = proven;
  }

  public boolean isSent() {
    return id != null && !id.isEmpty();
  }

  /** Whether the container took this identifier from the request. */
  public boolean is(String session) {
    return id != null && isSame(id, session);
  }

  /** Whether the client sent an identifier, and proved no companion for it. */
  public boolean isUnproven() {
    return id != null && isUnproven(id);
  }

  /** Whether the client sent this identifier, and proved no companion for it. */
  public boolean isUnproven(String session) {
    String proven = vouched;
    return id != null && isSame(id, session) && (proven == null || !isSame(proven, session));
  }

  /** The identifier in a cookie's value, without the node's name that Jetty writes behind it. */
  public static String withoutNode(String value) {
    int node = Math.max(value.lastIndexOf('.'), value.lastIndexOf('!'));
    return node <= 0 ? value : value.substring(0, node);
  }

  /** Jetty's and others' cookies have the node's name behind the identifier. */
  public static boolean isSame(String one, String other) {
    String shorter = one.length() < other.length() ? one : other;
    String longer = one.length() < other.length() ? other : one;
    return longer.startsWith(shorter)
        && (longer.length() == shorter.length()
            || (!shorter.isEmpty() && ".!".indexOf(longer.charAt(shorter.length())) >= 0));
  }

  /**
   * Held while a session is made that may get this identifier, until it has another one: no other
   * request with the same identifier takes it for its own meanwhile.
   */
  public ReentrantLock making() {
    String base = id == null ? "" : id.split("[.!]", 2)[0];
    return MAKING[Math.floorMod(base.hashCode(), MAKING.length)];
  }

  /** The live session; another request may be giving it another identifier. */
  public @Nullable HttpSession session(HttpServletRequest request) {
    HttpSession found = request.getSession(false);
    if (found == null || !found.isNew() || !isSent()) {
      return found;
    }
    ReentrantLock making = making();
    making.lock();
    try {
      return found;
    } finally {
      making.unlock();
    }
  }
}
