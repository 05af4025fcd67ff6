package dev.holdfast.jakartarest;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** What an application puts around its resources. */
final class Providers {
  /** How many requests came to the application. */
  static final AtomicInteger REACHED = new AtomicInteger();

  private Providers() {}

  /** Counts, and can change what was asked for. */
  @PreMatching
  @Priority(1)
  public static final class Before implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext context) {
      REACHED.incrementAndGet();
      String path = context.getUriInfo().getPath();
      if (path.endsWith("alias")) {
        URI base = context.getUriInfo().getBaseUri();
        context.setRequestUri(base, base.resolve("secret"));
      } else if (path.endsWith("early")) {
        String name = context.getSecurityContext().getUserPrincipal().getName();
        context.abortWith(Response.ok("early " + name).build());
      }
    }
  }

  /** Maps one exception, and says who called. */
  public static final class Teapots implements ExceptionMapper<Resources.TeapotException> {
    @Context SecurityContext security;

    @Override
    public Response toResponse(Resources.TeapotException exception) {
      String name = security.getUserPrincipal().getName();
      return Response.status(418).entity("mapped for " + name).build();
    }
  }
}
