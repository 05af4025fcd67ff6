package dev.holdfast.benchmarks.tls;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Objects;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/**
 * Tomcat with one side's TLS, in a process of its own, so that its CPU can be told from the
 * client's. It ends when its standard input does.
 */
final class TlsServer {
  /** Begins each line that says one; a JVM that is profiled says other things too. */
  static final String PORT = "port ";

  static final String PASSWORD = "in memory only";
  private static final int CHUNK = 1 << 16;

  private TlsServer() {}

  /**
   * Reads a line for each argument but the first, a key store in Base64, and prints the port that
   * has its key.
   *
   * @param arguments the side, then the keys' types as Tomcat calls them
   */
  public static void main(String[] arguments) throws Exception {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    Tomcat tomcat = new Tomcat();
    Path directory = Files.createTempDirectory("holdfast-tls");
    tomcat.setBaseDir(directory.toString());
    Connector[] connectors = new Connector[arguments.length - 1];
    for (int i = 0; i < connectors.length; i++) {
      byte[] store = Base64.getDecoder().decode(Objects.requireNonNull(lines.readLine()));
      connectors[i] = connector(store, SSLHostConfigCertificate.Type.valueOf(arguments[i + 1]));
      Side.valueOf(arguments[0]).install(connectors[i]);
      tomcat.setConnector(connectors[i]);
    }
    Context context = tomcat.addContext("", directory.toString());
    Tomcat.addServlet(context, "answers", new Answers()).addMapping("/");
    tomcat.start();
    for (Connector connector : connectors) {
      System.out.println(PORT + connector.getLocalPort());
    }
    while (lines.readLine() != null) {
      // nothing is expected: the end is
    }
    System.exit(0);
  }

  private static Connector connector(byte[] store, SSLHostConfigCertificate.Type kind)
      throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(new ByteArrayInputStream(store), PASSWORD.toCharArray());
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setScheme("https");
    connector.setSecure(true);
    connector.setProperty("address", "localhost");
    connector.setProperty("SSLEnabled", "true");
    connector.setProperty("maxKeepAliveRequests", "-1");
    SSLHostConfig host = new SSLHostConfig();
    SSLHostConfigCertificate certificate = new SSLHostConfigCertificate(host, kind);
    certificate.setCertificateKeystore(keys);
    certificate.setCertificateKeystorePassword(PASSWORD);
    host.addCertificate(certificate);
    connector.addSslHostConfig(host);
    return connector;
  }

  /** The query says how many bytes it answers, none the number of those that it was sent. */
  private static final class Answers extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      int left = Integer.parseInt(request.getQueryString());
      byte[] chunk = new byte[Math.min(left, CHUNK)];
      response.setContentLength(left);
      for (; left > 0; left -= Math.min(left, chunk.length)) {
        response.getOutputStream().write(chunk, 0, Math.min(left, chunk.length));
      }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      byte[] chunk = new byte[CHUNK];
      InputStream body = request.getInputStream();
      int sum = 0;
      for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
        sum += read;
      }
      byte[] answer = String.valueOf(sum).getBytes(StandardCharsets.US_ASCII);
      response.setContentLength(answer.length);
      response.getOutputStream().write(answer);
    }
  }
}
