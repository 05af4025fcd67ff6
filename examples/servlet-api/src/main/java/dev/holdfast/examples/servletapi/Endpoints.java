package dev.holdfast.examples.servletapi;

import dev.holdfast.servlet.HoldfastFilter;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/** What the API serves, and the filter in front of it. */
final class Endpoints {

  private Endpoints() {}

  /** Adds the servlets, and protects all of them but {@code /public/ping}. */
  static void add(Context context, HoldfastFilter filter) {
    serve(context, "/me", new CallerServlet.Me());
    serve(context, "/payments", new CallerServlet.Payments());
    serve(context, "/public/ping", new PingServlet());
    serve(context, "/", new NothingServlet());
    context.addServletContainerInitializer(
        (classes, application) -> filter.register(application, "/me", "/payments"), Set.of());
  }

  private static void serve(Context context, String path, Servlet servlet) {
    Tomcat.addServlet(context, path, servlet).addMapping(path);
  }

  /** Tomcat asks no filter where it has no servlet, and the filter answers security events. */
  private static final class NothingServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
  }
}
