package dev.holdfast.examples.stolentoken;

import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** Someone who presents a token under the scheme {@code DPoP}, with a proof for each request. */
final class DpopPerson implements Person {

  /** Where the proof of a request comes from. */
  interface Proofs {

    /** The proof to send with this request, whatever it was made for. */
    String of(String method, URI uri);
  }

  private final Person connection;
  private final String token;
  private final Proofs proofs;
  private final Map<URI, Call> sent = new HashMap<>();

  DpopPerson(Person connection, String token, Proofs proofs) {
    this.connection = connection;
    this.token = token;
    this.proofs = proofs;
  }

  /** Someone who holds this key, and makes a proof for just what is sent. */
  static DpopPerson holding(DpopKey key, Person connection, String token) {
    return new DpopPerson(connection, token, (method, uri) -> key.proof(method, uri, token));
  }

  /** Someone who saw what this one sent last to the same place, and sends it again. */
  Person capturedBy(Person other) {
    return (uri, call) -> {
      Call captured = sent.get(uri);
      if (captured == null) {
        throw new IllegalStateException("nothing was sent there yet");
      }
      return other.send(uri, captured);
    };
  }

  @Override
  public Answer send(URI uri, Call call) throws IOException {
    Call complete =
        call.with("Authorization", "DPoP " + token).with("DPoP", proofs.of(call.method(), uri));
    sent.put(uri, complete);
    return connection.send(uri, complete);
  }
}
