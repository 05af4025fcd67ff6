package dev.holdfast.configuration;

import dev.holdfast.AccessToken;
import java.util.List;

/**
 * What {@code HttpServletRequest.isUserInRole} says on the servlet edge.
 *
 * @param name {@code none}: no user has a role; {@code scope}: the token's scopes are roles;
 *     anything else: the claim of that name, a text or a list of texts, each of which is a role
 */
public record RolesFrom(String name) {
  /** No user has a role. */
  public static final RolesFrom NONE = new RolesFrom("none");

  /** The token's scopes are roles. */
  public static final RolesFrom SCOPE = new RolesFrom("scope");

  /**
   * Checks the name.
   *
   * @throws InvalidSettingException when it is blank or has blanks around it
   */
  public RolesFrom {
    if (name.isBlank() || !name.equals(name.trim())) {
      throw new InvalidSettingException(
          "holdfast.roles-from",
          "it is \"" + name + "\", which is no claim's name",
          "Write none, scope, or the name of a claim");
    }
  }

  /**
   * Whether the user of this token has that role. {@code *} is no role, and {@code **} is every
   * user's (Servlet 6.1, section 13.3).
   */
  public boolean grants(AccessToken token, String role) {
    if (equals(NONE) || role.equals("*")) {
      return false;
    }
    if (role.equals("**")) {
      return true;
    }
    if (equals(SCOPE)) {
      return token.scopes().contains(role);
    }
    Object claim = token.claims().get(name);
    return claim instanceof List<?> roles ? roles.contains(role) : role.equals(claim);
  }
}
