package dev.holdfast.httpserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.holdfast.Binding;
import dev.holdfast.Decision;
import dev.holdfast.Sha256Digest;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.testing.contract.Server;
import dev.holdfast.testing.contract.ServerSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** The contract's endpoints behind {@link HoldfastHandler}, as far as this server has them. */
final class ContractServer implements Server {
  private final HttpsServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(32);
  private final HoldfastHandler holdfast;
  private final AtomicInteger reached = new AtomicInteger();

  private ContractServer(HttpsServer server, HoldfastSettings settings) {
    this.server = server;
    this.holdfast = new HoldfastHandler(settings, this::serve);
  }

  static ContractServer start(ServerSpec spec, HoldfastSettings settings) {
    try {
      HttpsServer https =
          HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
      https.setHttpsConfigurator(new WantingCertificates(spec.sslContext()));
      ContractServer server = new ContractServer(https, settings);
      https.setExecutor(server.threads);
      https.createContext("/", server.holdfast);
      https.createContext("/public/ping", exchange -> answer(exchange, 200, "text/plain", "pong"));
      https.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks for a client certificate, and takes the connection without one. */
  private static final class WantingCertificates extends HttpsConfigurator {
    WantingCertificates(SSLContext context) {
      super(context);
    }

    @Override
    public void configure(HttpsParameters parameters) {
      SSLParameters tls = getSSLContext().getDefaultSSLParameters();
      tls.setWantClientAuth(true);
      parameters.setSSLParameters(tls);
    }
  }

  private void serve(HttpExchange exchange, ExchangeEvidence evidence, Decision.Allowed allowed)
      throws IOException {
    reached.incrementAndGet();
    switch (evidence.path()) {
      case "/me", "/async", "/forward" ->
          answer(exchange, 200, "application/json", identity(allowed));
      case "/payments" -> answer(exchange, 201, "application/json", identity(allowed));
      case "/seen" -> answer(exchange, 200, "text/plain", seen(exchange, evidence));
      default -> answer(exchange, 200, "application/json", path(evidence.path()));
    }
  }

  private static String identity(Decision.Allowed allowed) {
    Binding binding = allowed.binding();
    return String.format(
        "{\"subject\":\"%s\",\"issuer\":\"%s\",\"client\":\"%s\",\"binding\":\"%s\",\"thumbprint\":%s}",
        allowed.token().subject(),
        allowed.token().issuer(),
        allowed.token().clientId(),
        binding == null ? "none" : binding.method().propertyName(),
        binding == null ? "null" : '"' + binding.digest().toBase64Url() + '"');
  }

  private static String seen(HttpExchange exchange, ExchangeEvidence evidence) {
    StringBuilder lines = new StringBuilder();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) ->
                values.forEach(
                    value ->
                        lines
                            .append(name.toLowerCase(Locale.ROOT))
                            .append(": ")
                            .append(value)
                            .append('\n')));
    X509Certificate certificate = evidence.clientCertificate();
    return lines
        .append("remote: ")
        .append(evidence.remoteAddress())
        .append("\ncertificate: ")
        .append(certificate == null ? "none" : thumbprint(certificate))
        .append('\n')
        .toString();
  }

  private static String thumbprint(X509Certificate certificate) {
    try {
      return Sha256Digest.of(certificate.getEncoded()).toBase64Url();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String path(String path) {
    StringBuilder json = new StringBuilder("{\"path\":\"");
    path.chars().forEach(character -> json.append(String.format("\\u%04x", character)));
    return json.append("\"}").toString();
  }

  private static void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(UTF_8);
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "public, max-age=60");
    boolean isHead = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, isHead ? -1 : body.length);
    if (!isHead) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @Override
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public int reached() {
    return reached.get();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    holdfast.close();
  }
}
