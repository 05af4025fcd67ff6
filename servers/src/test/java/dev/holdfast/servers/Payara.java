package dev.holdfast.servers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A domain of Payara's, copied, whose applications are dropped in. Of its ports there are two: TLS,
 * and that of the administration, without which it does not start.
 */
final class Payara {
  /**
   * Payara can lose a dispatch that another thread makes while the servlet returns, and the request
   * then waits for its timeout. So the servlet makes it before it returns.
   */
  private static final String OWN_THREAD = " -Dservers.dispatching-thread=own";

  private static final String CONFIG = "${com.sun.aas.instanceRoot}/config/";

  private Payara() {}

  static RunningServer start(Path home, Path base, KeyFiles keys) throws IOException {
    int port = RunningServer.freePort();
    Path domain = base.resolve("domains/domain1");
    Folder.copy(home.resolve("glassfish/domains/domain1"), domain);
    Path configuration = domain.resolve("config/domain.xml");
    setTls(configuration, keys);
    setPorts(configuration, port);
    Folder.change(
        configuration,
        "<jvm-options>-Xmx512m</jvm-options>",
        "<jvm-options>"
            + (RunningServer.JVM_OPTIONS + OWN_THREAD).replace(" ", "</jvm-options><jvm-options>")
            + "</jvm-options>");
    ServerProcess process =
        ServerProcess.start(
            base,
            Map.of("AS_JAVA", System.getProperty("java.home")),
            "/bin/sh",
            home.resolve("bin/asadmin").toString(),
            "start-domain",
            "--verbose",
            "--domaindir",
            domain.getParent().toString(),
            "domain1");
    return new Folder(process, port, domain.resolve("autodeploy")).whenItSays("startup time");
  }

  /** The master password of the domain, which opens both stores, is that of {@link KeyFiles}. */
  private static void setTls(Path configuration, KeyFiles keys) throws IOException {
    Folder.change(
        configuration,
        CONFIG + "keystore.p12",
        keys.identity().toString(),
        CONFIG + "cacerts.p12",
        keys.trust().toString(),
        "-Dcom.sun.enterprise.security.httpsOutboundKeyAlias=s1as",
        "-Dcom.sun.enterprise.security.httpsOutboundKeyAlias=identity",
        "cert-nickname=\"s1as\"></ssl>",
        "cert-nickname=\"identity\" client-auth=\"want\"></ssl>");
  }

  private static void setPorts(Path configuration, int port) throws IOException {
    Folder.change(
        configuration,
        "network-listeners=\"http-listener-1,http-listener-2\"",
        "network-listeners=\"http-listener-2\"",
        "<network-listener port=\"8080\"",
        "<network-listener enabled=\"false\" port=\"8080\"",
        "port=\"8181\"",
        "address=\"localhost\" port=\"" + port + '"',
        "port=\"4848\"",
        "address=\"localhost\" port=\"" + RunningServer.freePort() + '"',
        "<jmx-connector auth-realm-name=\"admin-realm\"",
        "<das-config autodeploy-polling-interval-in-seconds=\"1\"/>"
            + "<jmx-connector enabled=\"false\" auth-realm-name=\"admin-realm\"",
        "port=\"3700\"",
        "port=\"3700\" enabled=\"false\"",
        "port=\"3820\"",
        "port=\"3820\" enabled=\"false\"",
        "port=\"3920\"",
        "port=\"3920\" enabled=\"false\"",
        "<hazelcast-config-specific-configuration>",
        "<hazelcast-config-specific-configuration enabled=\"false\">",
        "org.apache.felix.shell.remote,",
        "");
  }
}
