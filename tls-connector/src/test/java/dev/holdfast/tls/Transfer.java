package dev.holdfast.tls;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** {@code POST}: the SHA-256 of what came, in hexadecimal. {@code GET}: {@link #bytes}. */
final class Transfer extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final int PIECE = 40_000;

  private final byte[] bytes;
  private final AtomicLong written = new AtomicLong();

  Transfer(int megabytes) {
    bytes = new byte[megabytes << 20];
    new Random(5).nextBytes(bytes);
  }

  ServletContainerInitializer atData() {
    return (classes, context) -> context.addServlet("data", this).addMapping("/data");
  }

  byte[] bytes() {
    return bytes;
  }

  String digest() {
    return hex(digester().digest(bytes));
  }

  /** How much the answers have written when half a second has passed in which no more was. */
  long writtenWhenNobodyReads() throws InterruptedException {
    long seen = 0;
    for (int quiet = 0; quiet < 10; quiet++) {
      Thread.sleep(50); // there is no event for what does not happen
      long now = written.get();
      quiet = now == 0 || now > seen ? 0 : quiet;
      seen = now;
    }
    return seen;
  }

  static String digest(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return digest(in);
    }
  }

  static String digest(InputStream in) throws IOException {
    MessageDigest digester = digester();
    byte[] buffer = new byte[8_192];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      digester.update(buffer, 0, read);
    }
    return hex(digester.digest());
  }

  private static MessageDigest digester() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    CertificateServlet.showCipherSuite(request, response);
    String digest = digest(request.getInputStream());
    response.setContentType("text/plain");
    response.getWriter().print(digest);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    CertificateServlet.showCipherSuite(request, response);
    response.setContentLengthLong(bytes.length);
    OutputStream out = response.getOutputStream();
    for (int at = 0; at < bytes.length; at += PIECE) {
      int length = Math.min(PIECE, bytes.length - at);
      out.write(bytes, at, length);
      written.addAndGet(length);
    }
  }
}
