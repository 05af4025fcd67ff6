package dev.holdfast.examples.behindaproxy;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.TokenBindingKey;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What is tried behind each of the proxies: the rightful calls, then the forgeries. */
final class Screenplay {

  private static final String CLIENT = "client";
  private static final String THIEF = "thief";
  private static final String HOST = "localhost";

  private final Stage stage;
  private final Cast cast;
  private final String token;
  private final List<Dialect> forged;
  private final List<Attempt> attempts = new ArrayList<>();

  private Screenplay(Stage stage) {
    this.stage = stage;
    this.cast = stage.cast();
    this.token = stage.tokenOf(cast.rightful());
    this.forged = Dialect.naming(cast.rightful().certificate());
  }

  static List<Attempt> write(Stage stage) {
    Screenplay play = new Screenplay(stage);
    play.rightfulCalls();
    play.thefts();
    play.forgeries();
    play.wayAroundTheProxy();
    return List.copyOf(play.attempts);
  }

  private void rightfulCalls() {
    attempts.add(Attempt.served(CLIENT, "calls with his certificate", () -> call(cast.rightful())));
    List<String> tricks = new ArrayList<>();
    for (Dialect other : Dialect.naming(cast.thief().certificate())) {
      tricks.addAll(Spelling.AS_THE_PROXY.write(other.fields()));
    }
    attempts.add(
        Attempt.served(
            CLIENT,
            "and sends headers with another's certificate",
            () -> call(cast.rightful(), tricks.toArray(new String[0]))));
    attempts.add(
        Attempt.served(
            CLIENT,
            "and names the proxy's headers in Connection",
            () ->
                call(
                    cast.rightful(),
                    "Connection: close, X-SSL-Cert, X-SSL-Client-Cert, X-SSL-Client-Verify,"
                        + " X-SSL-Client-Used, Client-Cert")));
  }

  private void thefts() {
    attempts.add(
        Attempt.refused(
            THIEF, "the stolen token, without a certificate", () -> at(cast.anonymous(), port())));
    attempts.add(Attempt.refused(THIEF, "with his own certificate", () -> call(cast.thief())));
    attempts.add(
        Attempt.keptOut(
            THIEF, "with one he made in the client's name", () -> call(cast.impostor())));
    attempts.add(Attempt.keptOut(THIEF, "with one that has expired", () -> call(cast.expired())));
  }

  private void forgeries() {
    for (Spelling spelling : Spelling.values()) {
      attempts.add(Attempt.allRefused(THIEF, "headers " + spelling.text(), forged(spelling)));
    }
    TokenBindingKey key = TokenBindingKey.generate(TokenBindingKey.ECDSAP256);
    RawClient thief = cast.as(cast.thief());
    for (String name : List.of("Sec-Provided-Token-Binding-ID", "Sec_Provided_Token_Binding_ID")) {
      List<String> fields = List.of(stage.tokenOf(key), name + ": " + key.encodedId());
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
        requests.add(request(cast.anonymous(), port, fields));
      }
      requests.add(request(cast.as(cast.thief()), port(), fields));
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
        requests.add(() -> elsewhere.get("127.0.0.1", stage.api().port(), "/me", fields));
      }
      attempts.add(
          Attempt.allRefused(THIEF, "past the proxy, headers " + spelling.text(), requests));
    }
  }

  private Answer call(Identity identity, String... more) {
    return at(cast.as(identity), port(), more);
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
    return stage.proxy().port();
  }

  private List<Integer> ports() {
    return List.of(stage.proxy().port(), stage.proxy().otherPort());
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
