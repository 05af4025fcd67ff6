package dev.holdfast.jakartarest;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.ws.rs.ext.RuntimeDelegate;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.server.filter.HttpMethodOverrideFilter;
import org.glassfish.jersey.server.filter.RolesAllowedDynamicFeature;
import org.glassfish.jersey.server.internal.RuntimeDelegateImpl;
import org.glassfish.jersey.servlet.ServletContainer;
import org.jboss.resteasy.plugins.server.servlet.HttpServletDispatcher;

/** The two that serve resources, each as a servlet with the same application. */
enum Engine {
  JERSEY {
    @Override
    Servlet servlet(boolean looksAtRoles) {
      RuntimeDelegate.setInstance(new RuntimeDelegateImpl()); // RESTEasy sets its own
      ResourceConfig application = ResourceConfig.forApplicationClass(RestApplication.class);
      if (looksAtRoles) {
        application.register(RolesAllowedDynamicFeature.class);
      }
      application.register(HttpMethodOverrideFilter.class);
      application.property(ServerProperties.MEDIA_TYPE_MAPPINGS, "txt : text/plain");
      return new ServletContainer(application);
    }
  },

  RESTEASY {
    @Override
    Servlet servlet(boolean looksAtRoles) {
      return new HttpServletDispatcher();
    }
  };

  /** RESTEasy has the rest from parameters. */
  abstract Servlet servlet(boolean looksAtRoles);

  /** Maps the engine to its application's path, and to one where it does not look at roles. */
  final void addTo(ServletContext context) {
    add(context, "/api", true);
    add(context, "/without-roles", false);
  }

  private void add(ServletContext context, String path, boolean looksAtRoles) {
    ServletRegistration.Dynamic registration =
        context.addServlet("rest" + path, servlet(looksAtRoles));
    registration.setInitParameter("resteasy.servlet.mapping.prefix", path);
    registration.setInitParameter("resteasy.media.type.mappings", "txt : text/plain");
    if (this == RESTEASY) {
      registration.setInitParameter("jakarta.ws.rs.Application", RestApplication.class.getName());
    }
    if (looksAtRoles) {
      registration.setInitParameter("resteasy.role.based.security", "true");
    }
    // otherwise RESTEasy answers what no mapper maps, and no error page is asked
    registration.setInitParameter("dev.resteasy.exception.mapper", "false");
    registration.setAsyncSupported(true);
    registration.setLoadOnStartup(1);
    registration.addMapping(path + "/*");
  }
}
