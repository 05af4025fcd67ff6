package dev.holdfast.examples.servletapi;

import dev.holdfast.configuration.InvalidSettingException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The program. Its settings are system properties: {@code holdfast.*} for the filter, {@code
 * server.*} for the web server, with the names that Spring Boot has for the same things.
 *
 * <pre>{@code
 * java -Dserver.port=8443 -Dserver.ssl.certificate=server.crt \
 *     -Dserver.ssl.certificate-private-key=server.key \
 *     -Dserver.ssl.trust-certificate=clients.crt -Dserver.ssl.client-auth=want \
 *     -Dholdfast.tokens.issuers[0].issuer=https://login.example \
 *     -Dholdfast.tokens.issuers[0].audiences=https://api.example \
 *     -jar servlet-api.jar
 * }</pre>
 */
public final class ServletApi {

  /** Held here, or its level would be forgotten with it. */
  private static final Logger TOMCAT = Logger.getLogger("org.apache");

  private ServletApi() {}

  /** Runs the API until the process ends; a wrong setting ends it at once, with status 1. */
  @SuppressWarnings("SystemOut") // a program's way to speak to whoever started it
  public static void main(String[] args) {
    TOMCAT.setLevel(Level.WARNING);
    try {
      if (args.length > 0) {
        throw new InvalidSettingException(
            "the command line", "has arguments", "Give settings as -Dname=value before -jar");
      }
      ApiServer server = ApiServer.start(settings(System.getProperties()));
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
      System.out.println("servlet-api: ready at " + server.uri());
    } catch (InvalidSettingException wrong) {
      System.err.println("servlet-api: did not start: " + wrong.getMessage());
      System.exit(1);
    }
  }

  private static Map<String, String> settings(Properties properties) {
    Map<String, String> settings = new TreeMap<>();
    for (String name : properties.stringPropertyNames()) {
      settings.put(name, properties.getProperty(name));
    }
    return settings;
  }
}
