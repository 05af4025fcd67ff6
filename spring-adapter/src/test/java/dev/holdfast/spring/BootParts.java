package dev.holdfast.spring;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Connector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.servlet.filter.OrderedCharacterEncodingFilter;
import org.springframework.boot.servlet.filter.OrderedFormContentFilter;
import org.springframework.boot.servlet.filter.OrderedHiddenHttpMethodFilter;
import org.springframework.boot.servlet.filter.OrderedRequestContextFilter;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.support.SpringApplicationJsonEnvironmentPostProcessor;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.ClassUtils;
import org.springframework.web.filter.CharacterEncodingFilter;
import org.springframework.web.filter.FormContentFilter;
import org.springframework.web.filter.HiddenHttpMethodFilter;
import org.springframework.web.filter.RequestContextFilter;

/** Parts of Spring Boot that stand in another package in each of its versions: those of Boot 4. */
final class BootParts {
  static final Class<?> SECURITY = SecurityAutoConfiguration.class;
  static final Class<?> SECURITY_FILTER = SecurityFilterAutoConfiguration.class;
  static final Class<?> WEB_SECURITY = ServletWebSecurityAutoConfiguration.class;
  static final Class<?> USERS = UserDetailsServiceAutoConfiguration.class;
  static final Class<?> REDIS = DataRedisAutoConfiguration.class;

  private static final String PACKAGE =
      "org.springframework.boot.security.oauth2.server.resource.autoconfigure.";

  private BootParts() {}

  private static Stream<Class<?>> present(String... names) {
    return Stream.of(names)
        .map(PACKAGE::concat)
        .filter(name -> ClassUtils.isPresent(name, null))
        .map(name -> ClassUtils.resolveClassName(name, null));
  }

  /** Boot's own resource server. */
  static Class<?>[] resourceServer() {
    return present(
            "OAuth2ResourceServerAutoConfiguration",
            "servlet.OAuth2ResourceServerAutoConfiguration",
            "web.OAuth2ResourceServerWebSecurityAutoConfiguration")
        .toArray(Class<?>[]::new);
  }

  /** What customizes the decoder of Boot's resource server. */
  static Class<?> decoderCustomizer() {
    return present(
            "JwkSetUriJwtDecoderBuilderCustomizer", "servlet.JwkSetUriJwtDecoderBuilderCustomizer")
        .findFirst()
        .orElseThrow();
  }

  /** All of Boot's Spring Security, and these. */
  static AutoConfigurations withSecurity(Class<?>... others) {
    return AutoConfigurations.of(
        Stream.concat(Stream.of(SECURITY, SECURITY_FILTER, WEB_SECURITY, USERS), Stream.of(others))
            .toArray(Class<?>[]::new));
  }

  static void readApplicationJson(ConfigurableEnvironment environment) {
    new SpringApplicationJsonEnvironmentPostProcessor()
        .postProcessEnvironment(environment, new SpringApplication());
  }

  static CharacterEncodingFilter encoding() {
    return new OrderedCharacterEncodingFilter();
  }

  static HiddenHttpMethodFilter hiddenMethod() {
    return new OrderedHiddenHttpMethodFilter();
  }

  static FormContentFilter formContent() {
    return new OrderedFormContentFilter();
  }

  static RequestContextFilter requestContext() {
    return new OrderedRequestContextFilter();
  }

  static int port(ApplicationContext context) {
    return server(context).getPort();
  }

  private static WebServer server(ApplicationContext context) {
    return ((ServletWebServerApplicationContext) context).getWebServer();
  }

  static String serverOf(ApplicationContext context) {
    return server(context).getClass().getSimpleName();
  }

  /** The JDK's TLS, which keeps keying material, or the one that negotiates. */
  static String tlsOf(ApplicationContext context) {
    WebServer running = server(context);
    if (running instanceof TomcatWebServer tomcat) {
      String name =
          String.valueOf(tomcat.getTomcat().getConnector().getProperty("sslImplementationName"));
      return name.substring(name.lastIndexOf('.') + 1).replace("SslImplementation", "");
    }
    return ((JettyWebServer) running)
        .getServer().getConnectors()[0].getConnectionFactories().stream()
            .filter(SslConnectionFactory.class::isInstance)
            .map(factory -> factory.getClass().getSimpleName().replace("ConnectionFactory", ""))
            .collect(Collectors.joining());
  }

  /** Of the two that are on the class path here, this one serves. */
  static void serveBy(String server, Map<String, Object> properties, List<Class<?>> sources) {
    String other = server.equals("jetty") ? "tomcat" : "jetty";
    String name = server.equals("jetty") ? "Tomcat" : "Jetty";
    String autoConfigurations = "org.springframework.boot." + other + ".autoconfigure.";
    properties.putIfAbsent(
        "spring.autoconfigure.exclude",
        autoConfigurations
            + "servlet."
            + name
            + "ServletWebServerAutoConfiguration,"
            + autoConfigurations
            + "actuate.web.server."
            + name
            + "ServletManagementContextAutoConfiguration");
  }

  /** What is done to Boot's Tomcat. */
  record TomcatSetup(Consumer<Connector> connector, List<Valve> valves)
      implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    TomcatSetup(Consumer<Connector> connector, Valve... valves) {
      this(connector, List.of(valves));
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
      factory.addConnectorCustomizers(connector::accept);
      factory.addEngineValves(valves.toArray(Valve[]::new));
    }
  }

  /** The namespaces of the servers that have started. */
  record StartedServers(List<String> names)
      implements ApplicationListener<WebServerInitializedEvent> {
    StartedServers() {
      this(new CopyOnWriteArrayList<>());
    }

    @Override
    public void onApplicationEvent(WebServerInitializedEvent event) {
      names.add("" + event.getApplicationContext().getServerNamespace());
    }
  }

  /** A controller that answers errors. */
  interface Errors extends ErrorController {}

  /** A service connection to sentinels, or to a cluster. */
  record RedisNodes(boolean sentinels, SslBundle bundle) implements DataRedisConnectionDetails {
    private static final List<Node> NODES = List.of(new Node("one", 1), new Node("two", 2));

    @Override
    public String getPassword() {
      return "s3cret";
    }

    @Override
    public SslBundle getSslBundle() {
      return bundle;
    }

    @Override
    public Sentinel getSentinel() {
      return sentinels ? new Watchers(bundle) : null;
    }

    @Override
    public Cluster getCluster() {
      if (sentinels) {
        return null;
      }
      return new Cluster() {
        @Override
        public List<Node> getNodes() {
          return NODES;
        }
      };
    }

    private record Watchers(SslBundle bundle) implements Sentinel {
      @Override
      public int getDatabase() {
        return 3;
      }

      @Override
      public String getMaster() {
        return "mymaster";
      }

      @Override
      public List<Node> getNodes() {
        return NODES;
      }

      @Override
      public String getUsername() {
        return "watch";
      }

      @Override
      public String getPassword() {
        return "w4tch";
      }
    }
  }

  /** A service connection to Redis. */
  record RedisService(String host, SslBundle bundle) implements DataRedisConnectionDetails {
    @Override
    public String getUsername() {
      return "api";
    }

    @Override
    public String getPassword() {
      return "s3cret";
    }

    @Override
    public SslBundle getSslBundle() {
      return bundle;
    }

    @Override
    public Standalone getStandalone() {
      return host == null ? null : Standalone.of(host, 7000, 2);
    }
  }
}
