package dev.holdfast.servlet;

import dev.holdfast.AccessToken;
import dev.holdfast.Binding;
import dev.holdfast.servlet.exporter.HoldfastAttributes;
import dev.holdfast.testing.contract.SeenRequest;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The contract's endpoints as servlets behind one filter. The filter is mapped to the protected
 * servlets by name, for every dispatcher type, so that the open ones stay open.
 */
final class ContractServlets implements ServletContainerInitializer {
  static final String ERROR_PAGE = "/error-page";
  static final int ERROR = 418;

  private final Filter filter;
  private final AtomicInteger reached = new AtomicInteger();

  ContractServlets(Filter filter) {
    this.filter = filter;
  }

  int reached() {
    return reached.get();
  }

  @Override
  public void onStartup(Set<Class<?>> classes, ServletContext context) {
    open(context, "ping", (request, response) -> response.getWriter().print("pong"));
    open(context, "forward", (request, response) -> forward(request, response));
    open(context, "include", (request, response) -> include(request, response));
    open(context, "error", (request, response) -> response.sendError(ERROR));
    List<String> names =
        List.of(
            guarded(context, "me", "/me", (request, response) -> identity(request, response, 200)),
            guarded(
                context,
                "payments",
                "/payments",
                (request, response) -> identity(request, response, 201)),
            guarded(context, "seen", "/seen", ContractServlets::seen),
            guarded(context, "forward", "/forward", ContractServlets::forward),
            guarded(context, "include", "/include", ContractServlets::include),
            guarded(context, "async", "/async", ContractServlets::async),
            guarded(context, "error", "/error", (request, response) -> response.sendError(ERROR)),
            guarded(context, "error-page", ERROR_PAGE, ContractServlets::errorPage),
            guarded(context, "everything", "/", ContractServlets::everything));
    FilterRegistration.Dynamic registration = context.addFilter("holdfast", filter);
    registration.setAsyncSupported(true);
    registration.addMappingForServletNames(
        EnumSet.allOf(DispatcherType.class), false, names.toArray(String[]::new));
  }

  private static void open(ServletContext context, String name, Endpoint endpoint) {
    add(context, "public-" + name, "/public/" + name, endpoint);
  }

  private String guarded(ServletContext context, String name, String path, Endpoint endpoint) {
    Endpoint counted =
        (request, response) -> {
          reached.incrementAndGet();
          endpoint.serve(request, response);
        };
    add(context, name, path, counted);
    return name;
  }

  private static void add(ServletContext context, String name, String path, Endpoint endpoint) {
    ServletRegistration.Dynamic registration = context.addServlet(name, new Adapter(endpoint));
    registration.setAsyncSupported(true);
    registration.addMapping(path);
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

  private static void seen(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain");
    SeenRequest.describe(request, response);
  }

  private static void forward(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    request.getRequestDispatcher("/me").forward(request, response);
  }

  private static void include(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    request.getRequestDispatcher("/me").include(request, response);
  }

  private static void async(HttpServletRequest request, HttpServletResponse response) {
    AsyncContext async = request.startAsync(); // the container's own request, unwrapped
    new Thread(() -> async.dispatch("/me"), "dispatcher").start();
  }

  private static void errorPage(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.getWriter().print("error page for " + request.getUserPrincipal().getName());
  }

  private static void everything(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path =
        request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
    StringBuilder json = new StringBuilder("{\"path\":\"");
    path.chars().forEach(character -> json.append(String.format("\\u%04x", character)));
    response.setContentType("application/json");
    response.getWriter().print(json.append("\"}"));
  }

  interface Endpoint {
    void serve(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException;
  }

  private static final class Adapter extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private final transient Endpoint endpoint;

    Adapter(Endpoint endpoint) {
      this.endpoint = endpoint;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException {
      endpoint.serve(request, response);
    }
  }
}
