package dev.holdfast.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A base directory for jetty-home, with the modules of one environment. */
final class Jetty {
  private Jetty() {}

  /** Starts it for {@code ee10} or {@code ee11}. */
  static RunningServer start(Path home, Path base, KeyFiles keys, String environment)
      throws IOException {
    int port = RunningServer.freePort();
    Path applications = Files.createDirectories(base.resolve("webapps"));
    Files.createDirectories(base.resolve("environments"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(RunningServer.JVM_OPTIONS.split(" ", -1)));
    command.addAll(List.of("-jar", home.resolve("start.jar").toString()));
    String modules = "https,http2,%1$s-deploy,%1$s-annotations,%1$s-websocket-jakarta";
    command.addAll(
        List.of(
            "jetty.ssl.host=localhost",
            "jetty.ssl.port=" + port,
            "jetty.sslContext.keyStorePath=" + keys.identity(),
            "jetty.sslContext.keyStorePassword=" + KeyFiles.PASSWORD,
            "jetty.sslContext.trustStorePath=" + keys.trust(),
            "jetty.sslContext.trustStorePassword=" + KeyFiles.PASSWORD,
            "jetty.sslContext.wantClientAuth=true",
            "jetty.deploy.scanInterval=1",
            // last: what comes behind a module of an environment is a property of that environment
            "--module=" + modules.formatted(environment)));
    ServerProcess process = ServerProcess.start(base, Map.of(), command.toArray(String[]::new));
    return new Folder(process, port, applications).whenItSays("Started oejs.Server");
  }
}
