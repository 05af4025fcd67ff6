package dev.holdfast.spring;

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

/** The endpoints of the contract's server, as one servlet. */
final class ContractApi extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private final AtomicInteger reached = new AtomicInteger();

  int reached() {
    return reached.get();
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    boolean included =
        request.getAttribute("jakarta.servlet.include.servlet_path") instanceof String;
    String path =
        included
            ? (String) request.getAttribute("jakarta.servlet.include.servlet_path")
            : request.getServletPath();
    if (!path.startsWith("/public/")) {
      reached.incrementAndGet();
    }
    switch (path) {
      case "/public/ping" -> response.getWriter().print("pong");
      case "/me" -> identity(request, response, 200);
      case "/payments" -> identity(request, response, 201);
      case "/seen" -> SeenRequest.describe(request, response);
      case "/forward", "/public/forward" ->
          request.getRequestDispatcher("/me").forward(request, response);
      case "/include", "/public/include" ->
          request.getRequestDispatcher("/me").include(request, response);
      case "/async" -> {
        AsyncContext async = request.startAsync();
        new Thread(() -> async.dispatch("/me")).start();
      }
      case "/error", "/public/error" -> response.sendError(418);
      case "/error-page" -> response.getWriter().print("error page for " + subject(request));
      default -> response.getWriter().print("{\"path\":\"" + path.replace("\"", "") + "\"}");
    }
  }

  private static String subject(HttpServletRequest request) {
    return request.getAttribute(HoldfastAttributes.ACCESS_TOKEN) instanceof AccessToken token
        ? String.valueOf(token.subject())
        : "nobody";
  }

  private static void identity(HttpServletRequest request, HttpServletResponse response, int status)
      throws IOException {
    // where the policy is off, Spring Security alone knows the caller
    String subject = String.valueOf(request.getUserPrincipal().getName());
    String issuer = "";
    String client = "";
    if (request.getAttribute(HoldfastAttributes.ACCESS_TOKEN) instanceof AccessToken token) {
      issuer = token.issuer();
      client = String.valueOf(token.clientId());
    }
    Binding binding = (Binding) request.getAttribute(HoldfastAttributes.BINDING);
    response.setHeader("Cache-Control", "public, max-age=60");
    response.setStatus(status);
    response.setContentType("application/json");
    response
        .getWriter()
        .print(
            "{\"subject\":\""
                + subject
                + "\",\"issuer\":\""
                + issuer
                + "\",\"client\":\""
                + client
                + "\",\"binding\":\""
                + (binding == null ? "none" : binding.method().propertyName())
                + "\",\"thumbprint\":"
                + (binding == null ? "null" : '"' + binding.digest().toBase64Url() + '"')
                + "}");
  }
}
