package dev.holdfast.cookie;

import dev.holdfast.Binding;
import java.util.Set;

/** What a cookie and its companion are worth on a connection. */
public sealed interface CompanionCheck {

  /** Which secret vouched for the cookie. */
  enum Vouched {
    /** The newest. */
    BY_CURRENT_SECRET,
    /** An older one: the companion is to be issued again, over the same bindings and scope. */
    BY_OLD_SECRET
  }

  /**
   * The cookie was issued to the keys that are proven here.
   *
   * @param vouched by which secret
   * @param bindings the keys that it is bound to; empty where it was issued to nobody's key
   * @param scope the attributes that it was issued with
   */
  record Holds(Vouched vouched, Set<Binding> bindings, CookieScope scope)
      implements CompanionCheck {
    /** Copies the bindings. */
    public Holds {
      bindings = Set.copyOf(bindings);
    }
  }

  /**
   * The cookie opens nothing here.
   *
   * @param rule the rule that is broken, lower-case, without values, for the log
   */
  record Refused(String rule) implements CompanionCheck {}
}
