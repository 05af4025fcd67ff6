package dev.holdfast.servers.application;

import dev.holdfast.AccessToken;
import dev.holdfast.Binding;
import dev.holdfast.servlet.exporter.HoldfastAttributes;
import dev.holdfast.testing.contract.SeenRequest;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The contract's endpoints. {@code web.xml} declares this class once for each of them: the name of
 * the servlet says what it does, and {@code public-} before it that the filter is not mapped to it.
 */
public final class Endpoints extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final String OPEN = "public-";
  private static final int ERROR = 418;

  /** Whether the servlet itself dispatches: {@code own} for a server that needs it. */
  private static final boolean OWN_THREAD =
      "own".equals(System.getProperty("servers.dispatching-thread"));

  private static final AtomicInteger REACHED = new AtomicInteger();

  /** For the container. */
  public Endpoints() {}

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    String name = getServletName();
    if (name.startsWith(OPEN)) {
      serve(name.substring(OPEN.length()), request, response);
    } else {
      REACHED.incrementAndGet();
      serve(name, request, response);
    }
  }

  private static void serve(String what, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    switch (what) {
      case "ping" -> response.getWriter().print("pong");
      case "reached" -> response.getWriter().print(REACHED.get());
      case "me" -> identity(request, response, 200);
      case "payments" -> identity(request, response, 201);
      case "seen" -> {
        response.setContentType("text/plain");
        SeenRequest.describe(request, response);
      }
      case "forward" -> request.getRequestDispatcher("/me").forward(request, response);
      case "include" -> request.getRequestDispatcher("/me").include(request, response);
      case "async" -> {
        AsyncContext async = request.startAsync(); // the container's own request, unwrapped
        if (OWN_THREAD) {
          async.dispatch("/me");
        } else {
          new Thread(() -> async.dispatch("/me"), "dispatcher").start();
        }
      }
      case "error" -> response.sendError(ERROR);
      case "error-page" ->
          response.getWriter().print("error page for " + request.getUserPrincipal().getName());
      default -> path(request, response);
    }
  }

  private static void identity(HttpServletRequest request, HttpServletResponse response, int status)
      throws IOException {
    AccessToken token = (AccessToken) request.getUserPrincipal();
    Binding binding = (Binding) request.getAttribute(HoldfastAttributes.BINDING);
    response.setHeader("Cache-Control", "public, max-age=60");
    response.setStatus(status);
    response.setContentType("application/json");
    response
        .getWriter()
        .printf(
            "{\"subject\":\"%s\",\"issuer\":\"%s\",\"client\":\"%s\",\"binding\":\"%s\",\"thumbprint\":%s}",
            token.subject(),
            token.issuer(),
            token.clientId(),
            binding == null ? "none" : binding.method().propertyName(),
            binding == null ? "null" : '"' + binding.digest().toBase64Url() + '"');
  }

  private static void path(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path =
        request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
    StringBuilder json = new StringBuilder("{\"path\":\"");
    path.chars().forEach(character -> json.append(String.format("\\u%04x", character)));
    response.setContentType("application/json");
    response.getWriter().print(json.append("\"}"));
  }
}
