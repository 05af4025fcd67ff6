package dev.holdfast.internal.issuer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A server whose every byte the test says. */
public final class ScriptedServer implements AutoCloseable {
  /** What happens on one connection. */
  @FunctionalInterface
  public interface Script {
    void answer(Exchange exchange) throws IOException, InterruptedException;
  }

  final List<String> requests = new CopyOnWriteArrayList<>();
  public final List<Exchange> connections = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Script script;

  /** One script for every connection; it ends when the script does. */
  public ScriptedServer(Script script) throws IOException {
    this(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), script);
  }

  ScriptedServer(ServerSocket listener, Script script) {
    this.script = script;
    this.listener = listener;
    threads.execute(this::accept);
  }

  /** Answers every request on every connection with this, and keeps the connection. */
  public static ScriptedServer answering(String reply) throws IOException {
    return new ScriptedServer(
        exchange -> {
          while (exchange.readRequest()) {
            exchange.write(reply);
          }
        });
  }

  int port() {
    return listener.getLocalPort();
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + port() + "/introspect");
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        open.add(socket);
        Exchange exchange = new Exchange(socket, connections.size());
        connections.add(exchange);
        threads.execute(() -> answer(exchange));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void answer(Exchange exchange) {
    try (exchange.socket) {
      script.answer(exchange);
    } catch (IOException gone) {
      exchange.gone.countDown();
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
    threads.shutdownNow();
  }

  /** One connection. */
  public final class Exchange {
    final Socket socket;
    public final int number;
    final CountDownLatch gone = new CountDownLatch(1);
    private String lastRequest = "";

    Exchange(Socket socket, int number) {
      this.socket = socket;
      this.number = number;
    }

    /** Reads one whole request; false when the client has closed the connection. */
    public boolean readRequest() throws IOException {
      InputStream in = socket.getInputStream();
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int read = in.read();
        if (read < 0) {
          gone.countDown();
          return false;
        }
        head.append((char) read);
      }
      int field = head.indexOf("Content-Length: ");
      int length =
          field < 0 ? 0 : Integer.parseInt(head.substring(field + 16, head.indexOf("\r\n", field)));
      lastRequest = head + new String(in.readNBytes(length), ISO_8859_1);
      requests.add(lastRequest);
      return true;
    }

    public String lastRequest() {
      return lastRequest;
    }

    public void write(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    /** Passes everything on to that port and back, each answering byte after this pause. */
    void relayTo(int port, LongSupplier pauseMillis) throws IOException, InterruptedException {
      try (Socket target = new Socket(Proxy.NO_PROXY)) {
        target.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        threads.execute(
            () -> {
              try {
                socket.getInputStream().transferTo(target.getOutputStream());
                target.shutdownOutput();
              } catch (IOException over) {
                // one of the two has ended
              }
            });
        byte[] piece = new byte[1];
        while (target.getInputStream().read(piece) > 0) {
          if (pauseMillis.getAsLong() > 0) {
            TimeUnit.MILLISECONDS.sleep(pauseMillis.getAsLong());
          }
          socket.getOutputStream().write(piece);
        }
      }
    }

    /** One byte after the other. */
    void dribble(String text, long pauseMillis) throws IOException, InterruptedException {
      for (int i = 0; i < text.length(); i++) {
        write(text.substring(i, i + 1));
        TimeUnit.MILLISECONDS.sleep(pauseMillis);
      }
    }

    public void awaitGone() throws InterruptedException {
      awaitGone(Duration.ofSeconds(20));
    }

    public void awaitGone(Duration patience) throws InterruptedException {
      if (!gone.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("the connection was not closed");
      }
    }
  }
}
