package dev.holdfast.servlet;

import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;

/** Starts one filter in a real container, and says how its start went. */
enum DispatcherServers {
  TOMCAT {
    @Override
    void run(String contextPath, ServletContainerInitializer application) throws Exception {
      Path directory = Files.createTempDirectory("holdfast-dispatchers");
      Tomcat tomcat = new Tomcat();
      tomcat.setBaseDir(directory.toString());
      Context context = tomcat.addContext(contextPath, directory.toString());
      context.addServletContainerInitializer(application, Set.of());
      tomcat.start();
      tomcat.stop();
      tomcat.destroy();
    }
  },
  JETTY {
    @Override
    void run(String contextPath, ServletContainerInitializer application) throws Exception {
      Server server = new Server();
      ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);
      context.setContextPath(contextPath.isEmpty() ? "/" : contextPath);
      context.addServletContainerInitializer(application);
      server.setHandler(context);
      try {
        server.start();
      } finally {
        server.stop();
      }
    }
  },
  UNDERTOW {
    @Override
    void run(String contextPath, ServletContainerInitializer application) throws Exception {
      DeploymentInfo deployment =
          Servlets.deployment()
              .setClassLoader(DispatcherServers.class.getClassLoader())
              .setContextPath(contextPath.isEmpty() ? "/" : contextPath)
              .setDeploymentName("dispatchers")
              .setEagerFilterInit(true)
              .addServletContainerInitializer(
                  new ServletContainerInitializerInfo(
                      application.getClass(),
                      new ImmediateInstanceFactory<>(application),
                      Set.of()));
      DeploymentManager manager = Servlets.newContainer().addDeployment(deployment);
      manager.deploy();
      manager.start();
      manager.stop();
      manager.undeploy();
    }
  };

  /** Starts and stops an application at the root. */
  void run(ServletContainerInitializer application) throws Exception {
    run("", application);
  }

  /** Starts and stops. */
  abstract void run(String contextPath, ServletContainerInitializer application) throws Exception;

  /** Null when the filter started; the reason why it did not otherwise. */
  Throwable refusal(Filter filter, Consumer<FilterRegistration.Dynamic> mapping) throws Exception {
    return refusal("", filter, mapping);
  }

  /** The same in an application below this path. */
  Throwable refusal(String contextPath, Filter filter, Consumer<FilterRegistration.Dynamic> mapping)
      throws Exception {
    Seen seen = new Seen(filter);
    try {
      run(
          contextPath,
          (classes, context) -> {
            context.addServlet("page", new Page()).addMapping("/page");
            context.addServlet("named", new Page());
            context.getSessionCookieConfig().setSecure(true);
            context.getSessionCookieConfig().setHttpOnly(true);
            FilterRegistration.Dynamic registration = context.addFilter("h", seen);
            registration.setAsyncSupported(true);
            mapping.accept(registration);
          });
    } catch (Exception refused) {
      if (seen.refused.get() == null) {
        throw refused;
      }
    }
    if (!seen.asked) {
      throw new IllegalStateException("the filter was not initialised");
    }
    return seen.refused.get();
  }

  private static final class Page extends HttpServlet {
    private static final long serialVersionUID = 1L;
  }

  /** Remembers why the filter did not start, whatever the container makes of it. */
  private static final class Seen implements Filter {
    private final Filter filter;
    private final AtomicReference<Throwable> refused = new AtomicReference<>();
    private boolean asked;

    Seen(Filter filter) {
      this.filter = filter;
    }

    @Override
    public void init(FilterConfig config) throws ServletException {
      asked = true;
      try {
        filter.init(config);
      } catch (RuntimeException thrown) {
        refused.set(thrown);
        throw thrown;
      }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      filter.doFilter(request, response, chain);
    }

    @Override
    public void destroy() {
      filter.destroy();
    }
  }
}
