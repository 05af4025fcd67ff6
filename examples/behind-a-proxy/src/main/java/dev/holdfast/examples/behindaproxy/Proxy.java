package dev.holdfast.examples.behindaproxy;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A proxy that runs with the configuration of {@code proxies}.
 *
 * @param product which one
 * @param part the process
 * @param port where it takes certificates
 * @param otherPort where it asks for none
 */
record Proxy(Product product, Part part, int port, int otherPort) implements AutoCloseable {

  /**
   * Fills in the configuration, starts the proxy and returns once it listens.
   *
   * @param api the port to forward to, on this machine
   */
  static Proxy start(Product product, ThrowAwayPki pki, int api, Workplace workplace) {
    return start(product, configuration(product), pki, api, workplace);
  }

  /** The same with another configuration. */
  static Proxy start(
      Product product, String configuration, ThrowAwayPki pki, int api, Workplace workplace) {
    Path binary =
        product
            .binary()
            .orElseThrow(() -> new PartFailedException(product.title() + " is not installed here"));
    List<Integer> ports = freePorts();
    writeKeys(pki, workplace);
    workplace.write(
        product.template(),
        configuration
            .replace("@DIRECTORY@", workplace.directory().toString())
            .replace("@MODULES@", Product.modules().toString())
            .replace("@PORT@", String.valueOf(ports.get(0)))
            .replace("@OTHER@", String.valueOf(ports.get(1)))
            .replace("@API@", String.valueOf(api)));
    Part part =
        Part.start(
            product.title(), product.command(binary, workplace.directory()), workplace.directory());
    try {
      part.await(ports.get(0));
      part.await(ports.get(1));
    } catch (PartFailedException failed) {
      part.close();
      throw failed;
    }
    return new Proxy(product, part, ports.get(0), ports.get(1));
  }

  private static void writeKeys(ThrowAwayPki pki, Workplace workplace) {
    Identity server = pki.serverCertificate();
    Path certificate = server.writeCertificateChain(workplace.file("server.crt"));
    Path key = server.writePrivateKey(workplace.file("server.key"));
    pki.writeTrustedCertificates(workplace.file("clients.crt"));
    try {
      Path both = Files.copy(key, workplace.file("server.pem")); // readable by its owner only
      Files.writeString(both, Files.readString(key) + Files.readString(certificate));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The configuration, not filled in. */
  static String configuration(Product product) {
    try (InputStream in = Proxy.class.getResourceAsStream("/proxies/" + product.template())) {
      if (in == null) {
        throw new IllegalStateException("no configuration for " + product);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Two ports that nobody listens on at this moment; the proxies cannot choose for themselves. */
  private static List<Integer> freePorts() {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket one = new ServerSocket(0, 1, loopback);
        ServerSocket other = new ServerSocket(0, 1, loopback)) {
      return List.of(one.getLocalPort(), other.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    part.close();
  }
}
