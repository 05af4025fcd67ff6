package dev.holdfast.benchmarks.tls;

import java.io.IOException;

/** What each of the clients does, over and over. */
enum Workload {
  FULL_13("full handshakes, TLS 1.3, ECDSA", Suite.TLS13_AES_128, ServerKey.EC, Kind.FULL),
  FULL_12("full handshakes, TLS 1.2, ECDSA", Suite.ECDSA_AES_128, ServerKey.EC, Kind.FULL),
  FULL_13_RSA("full handshakes, TLS 1.3, RSA-2048", Suite.TLS13_AES_128, ServerKey.RSA, Kind.FULL),
  AGAIN_13("reconnecting, TLS 1.3", Suite.TLS13_AES_128, ServerKey.EC, Kind.AGAIN),
  AGAIN_12("reconnecting, TLS 1.2", Suite.ECDSA_AES_128, ServerKey.EC, Kind.AGAIN),
  REQUESTS("keep-alive requests", Suite.TLS13_AES_128, ServerKey.EC, Kind.REQUEST),
  DOWN_128("bulk down, AES-128", Suite.TLS13_AES_128, ServerKey.EC, Kind.DOWN),
  DOWN_256("bulk down, AES-256", Suite.TLS13_AES_256, ServerKey.EC, Kind.DOWN),
  UP_128("bulk up, AES-128", Suite.TLS13_AES_128, ServerKey.EC, Kind.UP),
  UP_256("bulk up, AES-256", Suite.TLS13_AES_256, ServerKey.EC, Kind.UP);

  /** What bulk moves in one go. */
  static final int BULK = 8_000_000;

  private final String text;
  private final Suite suite;
  private final ServerKey key;
  private final Kind kind;

  /** The only cipher suite that the client offers, so that both servers choose the same. */
  enum Suite {
    TLS13_AES_128("TLSv1.3", "TLS_AES_128_GCM_SHA256"),
    TLS13_AES_256("TLSv1.3", "TLS_AES_256_GCM_SHA384"),
    ECDSA_AES_128("TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");

    private final String protocol;
    private final String suiteName;

    Suite(String protocol, String suiteName) {
      this.protocol = protocol;
      this.suiteName = suiteName;
    }

    String protocol() {
      return protocol;
    }

    String suiteName() {
      return suiteName;
    }
  }

  /** What one operation is. */
  @SuppressWarnings("ImmutableEnumChecker") // functions without a state
  enum Kind {
    /** A connection, its full handshake, one request, its end; timed: the handshake. */
    FULL(client -> client.connectOnce(false)),
    /** The same by a client that resumes what it can. */
    AGAIN(client -> client.connectOnce(true)),
    /** A request of no body on a connection that stays, and an answer of one byte. */
    REQUEST(client -> client.get(1)),
    DOWN(client -> client.get(BULK)),
    UP(client -> client.post(BULK));

    private final Operation operation;

    Kind(Operation operation) {
      this.operation = operation;
    }

    /** The nanoseconds of what is timed. */
    long run(Client client) throws IOException {
      return operation.run(client);
    }

    private interface Operation {
      long run(Client client) throws IOException;
    }
  }

  Workload(String text, Suite suite, ServerKey key, Kind kind) {
    this.text = text;
    this.suite = suite;
    this.key = key;
    this.kind = kind;
  }

  String text() {
    return text;
  }

  Suite suite() {
    return suite;
  }

  ServerKey key() {
    return key;
  }

  Kind kind() {
    return kind;
  }

  boolean isBulk() {
    return kind == Kind.DOWN || kind == Kind.UP;
  }
}
