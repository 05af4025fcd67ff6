package dev.holdfast.jakartarest;

import dev.holdfast.AccessToken;
import dev.holdfast.Binding;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.MatrixParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One resource of each kind; those of {@code secret} are what a rule protects. */
@Path("/")
@Produces(MediaType.TEXT_PLAIN)
public class Resources {
  /** Thrown by a resource, and mapped. */
  static final class TeapotException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @GET
  @Path("me")
  public String me(@Context SecurityContext security, @Context HttpServletRequest request) {
    return Seen.of(security, request);
  }

  @GET
  @Path("role/accounts")
  @RolesAllowed("accounts")
  public String accounts() {
    return "accounts";
  }

  @GET
  @Path("role/admin")
  @RolesAllowed("admin")
  public String admin() {
    return "admin";
  }

  @GET
  @Path("suspended")
  public void suspended(
      @Suspended AsyncResponse response,
      @Context SecurityContext security,
      @Context HttpServletRequest request) {
    String seen = Seen.of(security, request);
    new Thread(() -> response.resume(seen)).start();
  }

  @GET
  @Path("stage")
  public CompletionStage<String> stage(
      @Context SecurityContext security, @Context HttpServletRequest request) {
    String seen = Seen.of(security, request);
    return CompletableFuture.supplyAsync(() -> seen);
  }

  @GET
  @Path("events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public void events(
      @Context SseEventSink sink, @Context Sse sse, @Context SecurityContext security) {
    String name = security.getUserPrincipal().getName();
    new Thread(
            () -> {
              try (sink) {
                sink.send(sse.newEvent(name + " 1"));
                sink.send(sse.newEvent(name + " 2"));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .start();
  }

  @GET
  @Path("mapped")
  public String mapped() {
    throw new TeapotException();
  }

  @GET
  @Path("unmapped")
  public String unmapped() {
    throw new IllegalStateException("nobody maps this");
  }

  @GET
  @Path("seat")
  public String seat(@MatrixParam("row") @Nullable String row) {
    return "row " + row;
  }

  @GET
  @Path("secret")
  public String secret() {
    return "secret";
  }

  @POST
  @Path("secret")
  public String change() {
    return "changed";
  }

  @GET
  @Path("plain")
  public String plain() {
    return "plain";
  }

  @Path("account/{id}")
  public Account account(@PathParam("id") String id) {
    return new Account(id);
  }

  /** A sub-resource, which no path names by itself. */
  @Produces(MediaType.TEXT_PLAIN)
  public static final class Account {
    private final String id;

    Account(String id) {
      this.id = id;
    }

    @GET
    @Path("owner")
    public String owner(@Context SecurityContext security) {
      return id + " of " + security.getUserPrincipal().getName();
    }
  }

  /** What a resource sees of its caller. */
  static final class Seen {
    private Seen() {}

    static String of(SecurityContext security, HttpServletRequest request) {
      AccessToken token = (AccessToken) request.getAttribute("dev.holdfast.AccessToken");
      Binding binding = (Binding) request.getAttribute("dev.holdfast.Binding");
      return String.join(
          " ",
          security.getUserPrincipal().getName(),
          security.getAuthenticationScheme(),
          "secure:" + security.isSecure(),
          "accounts:" + security.isUserInRole("accounts"),
          "admin:" + security.isUserInRole("admin"),
          "same:" + (security.getUserPrincipal() == token),
          String.valueOf(binding == null ? null : binding.digest().toBase64Url()));
    }
  }
}
