package dev.holdfast.fleet;

import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.servlet.HoldfastFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/**
 * One API of a fleet, as a program: a Tomcat with an application for each group of settings, such
 * as {@code /jwt} for those that begin with {@code jwt.}, each with a filter of its own.
 */
final class FleetNode {
  private static final String[] APPLICATIONS = {"jwt", "opaque"};

  private FleetNode() {}

  /** Takes a port, and a file of settings. */
  public static void main(String[] arguments) throws Exception {
    Properties all = new Properties();
    try (Reader file = Files.newBufferedReader(Path.of(arguments[1]))) {
      all.load(file);
    }
    Path folder = Files.createTempDirectory("holdfast-fleet");
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    Connector connector = new Connector();
    connector.setPort(Integer.parseInt(arguments[0]));
    connector.setProperty("address", "localhost");
    tomcat.setConnector(connector);
    for (String application : APPLICATIONS) {
      Map<String, String> settings = new HashMap<>();
      String prefix = application + '.';
      all.stringPropertyNames().stream()
          .filter(name -> name.startsWith(prefix))
          .forEach(name -> settings.put(name.substring(prefix.length()), all.getProperty(name)));
      HoldfastFilter filter =
          HoldfastFilter.builder().settings(SettingsReader.read(settings)).build();
      Context context = tomcat.addContext("/" + application, folder.toString());
      context.addServletContainerInitializer(
          (classes, servlets) -> {
            servlets.addServlet("me", new Me()).addMapping("/");
            filter.register(servlets, "/*");
          },
          Set.of());
    }
    tomcat.start();
    new CountDownLatch(1).await(); // until somebody ends the process
  }

  private static final class Me extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().write("me");
    }
  }
}
