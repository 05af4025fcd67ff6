package dev.holdfast.examples.behindaproxy;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.TokenBindingKey;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What is tried behind each of the proxies: the rightful calls, then the forgeries. */
final class ProxyAttempts {

  private static final String CLIENT = "client";
  private static final String THIEF = "thief";
  private static final String HOST = "localhost";

  private final RunningServers servers;
  private final Identities identities;
  private final String token;
  private final List<Dialect> forged;
  private final List<Attempt> attempts = new ArrayList<>();

  private ProxyAttempts(RunningServers servers) {
    this.servers = servers;
    this.identities = servers.identities();
    this.token = servers.tokenOf(identities.rightful());
    this.forged = Dialect.naming(identities.rightful().certificate());
  }

  static List<Attempt> list(RunningServers servers) {
    ProxyAttempts all = new ProxyAttempts(servers);
    all.rightfulCalls();
    all.thefts();
    all.forgeries();
    all.wayAroundTheProxy();
    return List.copyOf(all.attempts);
  }

  private void rightfulCalls() {
    attempts.add(
        Attempt.served(CLIENT, "calls with his certificate", () -> call(identities.rightful())));
    List<String> tricks = new ArrayList<>();
    for (Dialect other : Dialect.naming(identities.thief().certificate())) {
      tricks.addAll(Spelling.AS_THE_PROXY.write(other.fields()));
    }
    attempts.add(
        Attempt.served(
            CLIENT,
            "and sends headers with another's certificate",
            () -> call(identities.rightful(), tricks.toArray(new String[0]))));
    attempts.add(
        Attempt.served(
            CLIENT,
            "and names the proxy's headers in Connection",
            () ->
                call(
                    identities.rightful(),
                    "Connection: close, X-SSL-Cert, X-SSL-Client-Cert, X-SSL-Client-Verify,"
                        + " X-SSL-Client-Used, Client-Cert")));
  }

  private void thefts() {
    attempts.add(
        Attempt.refused(
            THIEF,
            "the stolen token, without a certificate",
            () -> at(identities.anonymous(), port())));
    attempts.add(
        Attempt.refused(THIEF, "with his own certificate", () -> call(identities.thief())));
    attempts.add(
        Attempt.keptOut(
            THIEF, "with one he made in the client's name", () -> call(identities.impostor())));
    attempts.add(
        Attempt.keptOut(THIEF, "with one that has expired", () -> call(identities.expired())));
  }

  private void forgeries() {
    for (Spelling spelling : Spelling.values()) {
      attempts.add(Attempt.allRefused(THIEF, "headers " + spelling.text(), forged(spelling)));
    }
    TokenBindingKey key = TokenBindingKey.generate(TokenBindingKey.ECDSAP256);
    RawClient thief = identities.as(identities.thief());
    for (String name : List.of("Sec-Provided-Token-Binding-ID", "Sec_Provided_Token_Binding_ID")) {
      List<String> fields = List.of(servers.tokenOf(key), name + ": " + key.encodedId());
      attempts.add(
          Attempt.allRefused(
              THIEF,
              "the header " + name,
              ports().stream().map(port -> request(thief, port, fields)).toList()));
    }
  }

  /** In every format; without a certificate and with the thief's own; at every port. */
  private List<Supplier<Answer>> forged(Spelling spelling) {
    List<Supplier<Answer>> requests = new ArrayList<>();
    for (Dialect dialect : forged) {
      List<String> fields = new ArrayList<>(spelling.write(dialect.fields()));
      fields.add(0, token);
      for (int port : ports()) {
        requests.add(request(identities.anonymous(), port, fields));
      }
      requests.add(request(identities.as(identities.thief()), port(), fields));
    }
    return requests;
  }

  /** To the API's own port, from an address that is no trusted proxy's. */
  private void wayAroundTheProxy() {
    RawClient elsewhere = new RawClient(null, address("127.0.0.2"));
    for (Spelling spelling : List.of(Spelling.AS_THE_PROXY, Spelling.FROM_A_FRIEND)) {
      List<Supplier<Answer>> requests = new ArrayList<>();
      for (Dialect dialect : forged) {
        List<String> fields = new ArrayList<>(spelling.write(dialect.fields()));
        fields.add(0, token);
        requests.add(() -> elsewhere.get("127.0.0.1", servers.api().port(), "/me", fields));
      }
      attempts.add(
          Attempt.allRefused(THIEF, "past the proxy, headers " + spelling.text(), requests));
    }
  }

  private Answer call(Identity identity, String... more) {
    return at(identities.as(identity), port(), more);
  }

  private Answer at(RawClient client, int port, String... more) {
    List<String> fields = new ArrayList<>(List.of(more));
    fields.add(0, token);
    return request(client, port, fields).get();
  }

  private static Supplier<Answer> request(RawClient client, int port, List<String> fields) {
    return () -> client.get(HOST, port, "/me", fields);
  }

  private int port() {
    return servers.proxy().port();
  }

  private List<Integer> ports() {
    return List.of(servers.proxy().port(), servers.proxy().otherPort());
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
