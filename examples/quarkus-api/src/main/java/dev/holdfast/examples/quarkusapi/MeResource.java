package dev.holdfast.examples.quarkusapi;

import dev.holdfast.Binding;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;

/** Says who calls, by which key, and whether a scope is a role of theirs. */
@Path("/api/me")
@Produces(MediaType.TEXT_PLAIN)
public class MeResource {
  /** The caller's name, the method of the proven key, and which roles they have. */
  @GET
  public String me(@Context SecurityContext security, @Context HttpServletRequest request) {
    Binding binding = (Binding) request.getAttribute("dev.holdfast.Binding");
    return "%s by %s, accounts: %s, admin: %s"
        .formatted(
            security.getUserPrincipal().getName(),
            binding == null ? "no key" : binding.method(),
            security.isUserInRole("accounts"),
            security.isUserInRole("admin"));
  }

  /** For callers with the scope {@code accounts}. */
  @GET
  @Path("accounts")
  public String accounts(@Context SecurityContext security) {
    return onlyFor("accounts", security);
  }

  /** For nobody here. */
  @GET
  @Path("admin")
  public String admin(@Context SecurityContext security) {
    return onlyFor("admin", security);
  }

  /** In the place of {@code @RolesAllowed}, which asks Quarkus and not Holdfast. */
  private static String onlyFor(String role, SecurityContext security) {
    if (security.isUserInRole(role)) {
      return role;
    }
    throw new ForbiddenException();
  }
}
