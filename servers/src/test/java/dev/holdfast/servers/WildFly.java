package dev.holdfast.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** WildFly's standalone configuration, with Elytron's TLS and a scanner that looks often. */
final class WildFly {
  private WildFly() {}

  static RunningServer start(Path home, Path base, KeyFiles keys) throws IOException {
    int port = RunningServer.freePort();
    Path applications = Files.createDirectories(base.resolve("deployments"));
    Folder.copy(home.resolve("standalone/configuration"), base.resolve("configuration"));
    Folder.change(
        base.resolve("configuration/standalone.xml"),
        "scan-interval=\"5000\"",
        "scan-interval=\"200\"",
        "<servlet-container name=\"default\">",
        "<servlet-container name=\"default\" eager-filter-initialization=\"true\">",
        "<key-stores>\n",
        """
        <key-stores>
                            <key-store name="server">
                                <credential-reference clear-text="%3$s"/>
                                <implementation type="PKCS12"/>
                                <file path="%1$s"/>
                            </key-store>
                            <key-store name="clients">
                                <credential-reference clear-text="%3$s"/>
                                <implementation type="PKCS12"/>
                                <file path="%2$s"/>
                            </key-store>
        """
            .formatted(keys.identity(), keys.trust(), KeyFiles.PASSWORD),
        "</key-managers>\n",
        """
            <key-manager name="server" key-store="server">
                                <credential-reference clear-text="%s"/>
                            </key-manager>
                        </key-managers>
                        <trust-managers>
                            <trust-manager name="clients" key-store="clients"/>
                        </trust-managers>
        """
            .formatted(KeyFiles.PASSWORD),
        "<server-ssl-context name=\"applicationSSC\" key-manager=\"applicationKM\"/>",
        "<server-ssl-context name=\"applicationSSC\" key-manager=\"server\""
            + " trust-manager=\"clients\" want-client-auth=\"true\"/>");
    ServerProcess process =
        ServerProcess.start(
            base,
            Map.of("JAVA_OPTS", RunningServer.JVM_OPTIONS + " -Djava.net.preferIPv4Stack=true"),
            "/bin/sh",
            home.resolve("bin/standalone.sh").toString(),
            "-Djboss.server.base.dir=" + base,
            "-Djboss.https.port=" + port,
            "-Djboss.http.port=" + RunningServer.freePort(),
            "-Djboss.management.http.port=" + RunningServer.freePort());
    return new Folder(process, port, applications).whenItSays("WFLYSRV0025");
  }
}
