package dev.holdfast.examples.behindaproxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Stands where the API would, and keeps the head of each request as the proxy sent it. */
final class Recorder implements AutoCloseable {

  private final ServerSocket listening;
  private final BlockingQueue<String> heads = new LinkedBlockingQueue<>();

  private Recorder(ServerSocket listening) {
    this.listening = listening;
  }

  static Recorder start() {
    try {
      Recorder recorder = new Recorder(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
      Thread thread = new Thread(recorder::serve, "recorder");
      thread.setDaemon(true);
      thread.start();
      return recorder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve() {
    while (!listening.isClosed()) {
      try (Socket socket = listening.accept()) {
        String head = head(socket.getInputStream());
        if (!head.isEmpty()) {
          heads.add(head);
          String answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
          socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        }
      } catch (IOException ended) {
        // the next one
      }
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    String text = "";
    for (int next = in.read(); next >= 0; next = in.read()) {
      head.write(next);
      if (next == '\n') {
        text = head.toString(StandardCharsets.ISO_8859_1);
        if (text.endsWith("\r\n\r\n")) {
          return text;
        }
      }
    }
    return text;
  }

  int port() {
    return listening.getLocalPort();
  }

  /** The next request's head. */
  String next() {
    try {
      String head = heads.poll(30, TimeUnit.SECONDS);
      if (head == null) {
        throw new AssertionError("no request came through");
      }
      return head;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }

  /** The values of one header in a head. */
  static List<String> values(String head, String name) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
        .map(line -> line.substring(start.length()).strip())
        .toList();
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
