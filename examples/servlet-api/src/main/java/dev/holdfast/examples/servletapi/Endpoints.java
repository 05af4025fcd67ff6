package dev.holdfast.examples.servletapi;

import dev.holdfast.servlet.HoldfastFilter;
import jakarta.servlet.Servlet;
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
    context.addServletContainerInitializer(
        (classes, application) -> filter.register(application, "/me", "/payments"), Set.of());
  }

  private static void serve(Context context, String path, Servlet servlet) {
    Tomcat.addServlet(context, path, servlet).addMapping(path);
  }
}
