package dev.holdfast.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A server of Open Liberty's, whose applications are dropped in. */
final class OpenLiberty {
  private OpenLiberty() {}

  static RunningServer start(Path home, Path base, KeyFiles keys) throws IOException {
    int port = RunningServer.freePort();
    Path server = Files.createDirectories(base.resolve("servers/holdfast"));
    Path applications = Files.createDirectories(server.resolve("dropins"));
    Files.writeString(
        server.resolve("jvm.options"), RunningServer.JVM_OPTIONS.replace(' ', '\n') + '\n');
    Files.writeString(
        server.resolve("server.xml"),
        """
        <server>
          <featureManager>
            <feature>servlet-6.0</feature>
            <feature>websocket-2.1</feature>
            <feature>transportSecurity-1.0</feature>
            <feature>appSecurity-5.0</feature>
          </featureManager>
          <httpEndpoint id="defaultHttpEndpoint" host="localhost" httpPort="-1" httpsPort="%1$d"/>
          <keyStore id="defaultKeyStore" location="%2$s" type="PKCS12" password="%4$s"/>
          <keyStore id="clients" location="%3$s" type="PKCS12" password="%4$s"/>
          <ssl id="defaultSSLConfig" keyStoreRef="defaultKeyStore" trustStoreRef="clients"
              clientAuthenticationSupported="true"/>
          <applicationMonitor updateTrigger="polled" pollingRate="200ms"/>
        </server>
        """
            .formatted(port, keys.identity(), keys.trust(), KeyFiles.PASSWORD));
    ServerProcess process =
        ServerProcess.start(
            base,
            Map.of("WLP_USER_DIR", base.toString()),
            "/bin/sh",
            home.resolve("bin/server").toString(),
            "run",
            "holdfast");
    return new Folder(process, port, applications).whenItSays("CWWKF0011I");
  }
}
