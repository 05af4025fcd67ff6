package dev.holdfast.servers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;

/** Tomcat: a base directory of its own beside the distribution, and its Manager, which deploys. */
final class Tomcat implements RunningServer {
  private static final String CREDENTIALS = "manager:throw-away";

  private final ServerProcess process;
  private final int port;
  private final int plainPort;
  private final HttpClient client = HttpClient.newHttpClient();

  private Tomcat(ServerProcess process, int port, int plainPort) {
    this.process = process;
    this.port = port;
    this.plainPort = plainPort;
  }

  static Tomcat start(Path home, Path base, KeyFiles keys) throws IOException {
    int port = RunningServer.freePort();
    int plainPort = RunningServer.freePort();
    for (String directory : new String[] {"conf", "logs", "temp", "webapps", "work"}) {
      Files.createDirectories(base.resolve(directory));
    }
    Files.copy(home.resolve("conf/web.xml"), base.resolve("conf/web.xml"));
    Files.writeString(
        base.resolve("conf/logging.properties"),
        """
        handlers = java.util.logging.ConsoleHandler
        .handlers = java.util.logging.ConsoleHandler
        java.util.logging.ConsoleHandler.level = INFO
        """);
    Files.writeString(base.resolve("conf/server.xml"), serverXml(home, port, plainPort, keys));
    Files.writeString(
        base.resolve("conf/tomcat-users.xml"),
        """
        <tomcat-users>
          <user username="manager" password="throw-away" roles="manager-script"/>
        </tomcat-users>
        """);
    ServerProcess process =
        ServerProcess.start(
            base,
            Map.of("CATALINA_BASE", base.toString(), "CATALINA_OPTS", RunningServer.JVM_OPTIONS),
            "/bin/sh",
            home.resolve("bin/catalina.sh").toString(),
            "run");
    Tomcat tomcat = new Tomcat(process, port, plainPort);
    try {
      process.await("Tomcat answers", () -> process.output().contains("Server startup in"));
      return tomcat;
    } catch (RuntimeException late) {
      tomcat.close();
      throw late;
    }
  }

  private static String serverXml(Path home, int port, int plainPort, KeyFiles keys) {
    return """
        <Server port="-1">
          <GlobalNamingResources>
            <Resource name="UserDatabase" auth="Container" type="org.apache.catalina.UserDatabase"
                factory="org.apache.catalina.users.MemoryUserDatabaseFactory"
                pathname="conf/tomcat-users.xml"/>
          </GlobalNamingResources>
          <Service name="Catalina">
            <Connector port="%d" address="127.0.0.1"/>
            <Connector port="%d" address="localhost" SSLEnabled="true" scheme="https" secure="true">
              <UpgradeProtocol className="org.apache.coyote.http2.Http2Protocol"/>
              <SSLHostConfig certificateVerification="optional" truststoreFile="%s"
                  truststoreType="PKCS12" truststorePassword="%s">
                <Certificate certificateFile="%s" certificateKeyFile="%s" type="EC"/>
              </SSLHostConfig>
            </Connector>
            <Engine name="Catalina" defaultHost="localhost">
              <Realm className="org.apache.catalina.realm.UserDatabaseRealm"
                  resourceName="UserDatabase"/>
              <Host name="localhost" appBase="webapps" autoDeploy="false">
                <Context path="/manager" docBase="%s" privileged="true"/>
              </Host>
            </Engine>
          </Service>
        </Server>
        """
        .formatted(
            plainPort,
            port,
            keys.trust(),
            KeyFiles.PASSWORD,
            keys.chain(),
            keys.key(),
            home.resolve("webapps/manager"));
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public ServerProcess process() {
    return process;
  }

  @Override
  public void deploy(String name, Path war) throws IOException {
    manage("PUT", "deploy?path=/" + name, BodyPublishers.ofFile(war));
  }

  @Override
  public void undeploy(String name) throws IOException {
    manage("GET", "undeploy?path=/" + name, BodyPublishers.noBody());
  }

  private void manage(String method, String command, BodyPublisher body) throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + plainPort + "/manager/text/" + command);
    String basic =
        Base64.getEncoder().encodeToString(CREDENTIALS.getBytes(StandardCharsets.US_ASCII));
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Basic " + basic)
            .method(method, body)
            .build();
    try {
      String answer = client.send(request, BodyHandlers.ofString()).body();
      if (!answer.startsWith("OK")) {
        throw new NotDeployedException(answer);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
