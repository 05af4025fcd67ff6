package dev.holdfast.redis;

import dev.holdfast.redis.address.RedisAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Speaks as much of Redis's protocol as greets a client, and answers {@code SET} as it is told. */
final class ScriptedRedis implements AutoCloseable {
  /** What comes back for a command. */
  interface Script {
    /**
     * Bytes as they go over the wire; empty for none.
     *
     * @param connection 1 for the first
     */
    String answer(int connection) throws IOException, InterruptedException;
  }

  private final ServerSocket server;
  private final Script sets;
  private volatile String info;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<String> commands = new CopyOnWriteArrayList<>();

  private ScriptedRedis(ServerSocket server, Script sets, String info) {
    this.server = server;
    this.sets = sets;
    this.info = info;
  }

  static ScriptedRedis start(Script sets) {
    return start(sets, info("noeviction", 0));
  }

  /** What one says that has been up for an hour, with a memory of one mebibyte. */
  static String info(String policy, long evicted) {
    return bulk(
        "uptime_in_seconds:3600\r\nrole:master\r\nmaxmemory:1048576\r\nmaxmemory_policy:"
            + policy
            + "\r\nevicted_keys:"
            + evicted
            + "\r\nrun_id:0123456789abcdef\r\nmaster_replid:fedcba9876543210\r\n"
            + "master_replid2:0000000000000000\r\n");
  }

  static String bulk(String text) {
    return "$" + text.length() + "\r\n" + text + "\r\n";
  }

  /** One that answers {@code INFO} with these bytes. */
  static ScriptedRedis start(Script sets, String info) {
    try {
      ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      ScriptedRedis scripted = new ScriptedRedis(server, sets, info);
      thread(scripted::accept);
      return scripted;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RedisAddress address() {
    return RedisAddress.of("redis://127.0.0.1:" + server.getLocalPort());
  }

  /** How many connections were made so far. */
  int connections() {
    return sockets.size();
  }

  /** What came so far on all connections: each command and its key, such as {@code SET key}. */
  List<String> commands() {
    return List.copyOf(commands);
  }

  /** From here on {@code INFO} is answered with these bytes; empty for no answer. */
  void says(String info) {
    this.info = info;
  }

  /** Ends every connection, and accepts new ones as before. */
  void breaks() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        sockets.add(socket);
        int connection = sockets.size();
        thread(() -> serve(socket, connection));
      }
    } catch (IOException closed) {
      // the end
    }
  }

  private void serve(Socket socket, int connection) {
    try {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      OutputStream out = socket.getOutputStream();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        List<String> command = new ArrayList<>();
        for (int i = Integer.parseInt(line.substring(1)); i > 0; i--) {
          in.readLine();
          command.add(in.readLine());
        }
        commands.add(String.join(" ", command.subList(0, Math.min(2, command.size()))));
        out.write(answer(command.get(0), connection).getBytes(StandardCharsets.US_ASCII));
        out.flush();
      }
    } catch (IOException | InterruptedException closed) {
      // the end
    }
  }

  private String answer(String command, int connection) throws IOException, InterruptedException {
    return switch (command) {
      case "PING" -> "+PONG\r\n";
      case "SET" -> sets.answer(connection);
      case "INFO" -> info;
      default -> "+OK\r\n";
    };
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "scripted-redis");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      server.close();
      breaks();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
