package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Catalina;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.digester.Digester;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/** The snippet for {@code server.xml} in docs/servlet-containers.md, as it is printed. */
@Tag("verify")
class TomcatSnippetTest {
  private static final ThrowAwayPki CLIENTS = ThrowAwayPki.create();
  private static final ThrowAwayPki SERVERS = ThrowAwayPki.create();

  @TempDir Path base;

  /** What Tomcat itself reads {@code server.xml} with. */
  private static final class ServerXml extends Catalina {
    Connector connector(String printed) throws Exception {
      Digester digester = createStartDigester();
      digester.push(this);
      digester.parse(
          new InputSource(
              new StringReader(
                  "<Server port=\"-1\"><Service name=\"s\">" + printed + "</Service></Server>")));
      return getServer().findServices()[0].findConnectors()[0];
    }
  }

  /** Answers with the subject of the client's certificate. */
  private static final class Subject extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      Object chain = request.getAttribute("jakarta.servlet.request.X509Certificate");
      response
          .getWriter()
          .print(
              chain instanceof X509Certificate[] certificates
                  ? certificates[0].getSubjectX500Principal().getName()
                  : "nobody");
    }
  }

  /** Relative names begin at the base of the JVM's first Tomcat, which may be another test's. */
  private String printed() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "servlet-containers.md"));
    int start = page.indexOf("<Connector ");
    return page.substring(start, page.indexOf("</Connector>", start) + "</Connector>".length())
        .replace("\"conf/", "\"" + base + "/conf/");
  }

  private void files() throws Exception {
    Path conf = Files.createDirectory(base.resolve("conf"));
    Identity server = SERVERS.serverCertificate();
    server.writeCertificateChain(conf.resolve("server.crt"));
    server.writePrivateKey(conf.resolve("server.key"));
    KeyStore clients = KeyStore.getInstance("PKCS12"); // what the keytool command makes
    clients.load(null, null);
    clients.setCertificateEntry("clients", CLIENTS.certificate());
    try (OutputStream file = Files.newOutputStream(conf.resolve("clients-ca.p12"))) {
      clients.store(file, "changeit".toCharArray());
    }
  }

  private static String get(int port, SSLContext tls) throws Exception {
    return HttpClient.newBuilder()
        .sslContext(tls)
        .build()
        .send(
            HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/")).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Test
  void theConnectorAsksForACertificateAndDoesNotInsist() throws Exception {
    files();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(base.toString());
    Connector connector = new ServerXml().connector(printed());
    assertThat(connector.getPort()).isEqualTo(8443);
    connector.setPort(0); // another program may have that one
    connector.setProperty("address", "localhost");
    tomcat.setConnector(connector);
    Context context = tomcat.addContext("", base.toString());
    context.addServletContainerInitializer(
        (classes, servlets) -> servlets.addServlet("subject", new Subject()).addMapping("/"),
        Set.of());
    tomcat.start();
    try {
      int port = connector.getLocalPort();
      Identity client = CLIENTS.clientCertificate("CN=payments-app");
      assertThat(get(port, CLIENTS.sslContext(client, SERVERS.certificate())))
          .isEqualTo("CN=payments-app");
      assertThat(get(port, SERVERS.sslContext())).isEqualTo("nobody");
    } finally {
      tomcat.stop();
      tomcat.destroy();
    }
  }
}
