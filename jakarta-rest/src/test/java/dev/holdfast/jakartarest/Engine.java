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
    Servlet servlet(ServletContext context) {
      RuntimeDelegate.setInstance(new RuntimeDelegateImpl()); // RESTEasy sets its own
      ResourceConfig application = ResourceConfig.forApplicationClass(RestApplication.class);
      application.register(RolesAllowedDynamicFeature.class);
      application.register(HttpMethodOverrideFilter.class);
      application.property(ServerProperties.MEDIA_TYPE_MAPPINGS, "txt : text/plain");
      return new ServletContainer(application);
    }
  },

  RESTEASY {
    @Override
    Servlet servlet(ServletContext context) {
      context.setInitParameter("jakarta.ws.rs.Application", RestApplication.class.getName());
      context.setInitParameter("resteasy.servlet.mapping.prefix", "/api");
      context.setInitParameter("resteasy.role.based.security", "true");
      context.setInitParameter("resteasy.media.type.mappings", "txt : text/plain");
      // otherwise RESTEasy answers what no mapper maps, and no error page is asked
      context.setInitParameter("dev.resteasy.exception.mapper", "false");
      return new HttpServletDispatcher();
    }
  };

  abstract Servlet servlet(ServletContext context);

  /** Maps the engine to its application's path. */
  final void addTo(ServletContext context) {
    ServletRegistration.Dynamic registration = context.addServlet("rest", servlet(context));
    registration.setAsyncSupported(true);
    registration.setLoadOnStartup(1);
    registration.addMapping("/api/*");
  }
}
