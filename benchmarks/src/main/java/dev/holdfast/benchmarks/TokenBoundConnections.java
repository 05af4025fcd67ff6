package dev.holdfast.benchmarks;

import com.pingidentity.oss.unbearable.TokenBindingException;
import com.pingidentity.oss.unbearable.messages.SignatureResult;
import com.pingidentity.oss.unbearable.messages.TokenBinding;
import com.pingidentity.oss.unbearable.server.HttpsTokenBindingServerProcessing;
import dev.holdfast.ExportedKeyingMaterial;
import dev.holdfast.ExportedKeyingMaterial.Agreement;
import dev.holdfast.PresentedToken;
import dev.holdfast.Proof;
import dev.holdfast.testing.TokenBindingKey;
import dev.holdfast.tokenbinding.TlsTokenBindings;
import dev.holdfast.tokenbinding.TokenBindingVerifier;
import dev.holdfast.tokenbinding.message.RefusedTokenBindingException;
import dev.holdfast.tokenbinding.message.TokenBindingMessage;
import dev.holdfast.tokenbinding.message.TokenBindingMessageVerifier;
import dev.holdfast.tokenbinding.message.UnknownTypes;
import dev.holdfast.tokenbinding.message.VerifiedTokenBindings;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One client on many connections, a Token Binding message on each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TokenBoundConnections {
  private static final PresentedToken TOKEN =
      PresentedToken.of(PresentedToken.Scheme.BEARER, "token");

  /** The kind of key. */
  @Param({"ecdsap256", "rsa2048_pkcs1.5"})
  public String keyParameters = "";

  /** How many connections: a power of two. */
  @Param("" + WarmJwt.TOKENS)
  public int count;

  private final TokenBindingVerifier holdfast =
      new TokenBindingVerifier(new TlsTokenBindings(UnknownTypes.SKIP));
  private final TokenBindingMessageVerifier messages =
      new TokenBindingMessageVerifier(UnknownTypes.SKIP);
  private final HttpsTokenBindingServerProcessing peer = new HttpsTokenBindingServerProcessing();
  private BareSignature signature = BareSignature.NONE;
  private Connection[] known = {};
  private Connection[] alternating = {};
  private int next;

  /** A request with a message, on a connection that has this keying material. */
  private record Connection(ExportedKeyingMaterial exportedKeyingMaterial, List<String> message)
      implements PlainRequest {
    /** The same request as a container would make it again, of other objects. */
    Connection again() {
      return new Connection(
          new ExportedKeyingMaterial(
              exportedKeyingMaterial.bytes(),
              exportedKeyingMaterial.keyParameters(),
              exportedKeyingMaterial.agreement()),
          List.of(String.valueOf(message.get(0).toCharArray())));
    }

    @Override
    public List<String> headers(String name) {
      return name.equals("Sec-Token-Binding") ? message : List.of();
    }
  }

  /** Makes the messages, and lets Holdfast see each connection's once. */
  @Setup
  public void connect() throws GeneralSecurityException {
    boolean elliptic = keyParameters.equals("ecdsap256");
    int kind = elliptic ? TokenBindingKey.ECDSAP256 : TokenBindingKey.RSA2048_PKCS1_5;
    TokenBindingKey client = TokenBindingKey.generate(kind);
    TokenBindingKey other = TokenBindingKey.generate(kind);
    known = new Connection[count];
    for (int i = 0; i < count; i++) {
      Connection first = connection(client, i);
      holdfast.prove(first, TOKEN);
      known[i] = first.again();
    }
    alternating = new Connection[] {connection(client, count), connection(other, count)};
    signature = BareSignature.of(client, alternating[0].exportedKeyingMaterial().bytes());
  }

  private static Connection connection(TokenBindingKey client, int number) {
    byte[] ekm = ByteBuffer.allocate(ExportedKeyingMaterial.BYTES).putInt(28, number).array();
    return new Connection(
        new ExportedKeyingMaterial(ekm, client.keyParameters(), Agreement.NEGOTIATED),
        List.of(client.header(ekm)));
  }

  /** The second and every further request on one of the connections in turn. */
  @Benchmark
  public Proof later() {
    return proven(holdfast.prove(known[next++ & (count - 1)], TOKEN));
  }

  /**
   * The first request. Two messages take turns on one connection, for which one message is
   * remembered, so that each is as new as a first one.
   */
  @Benchmark
  public Proof first() {
    return proven(holdfast.prove(alternating[next++ & 1], TOKEN));
  }

  private static Proof proven(Proof proof) {
    if (proof instanceof Proof.Proven) {
      return proof;
    }
    throw new IllegalStateException("a rightful message was refused: " + proof);
  }

  /** What nobody can do without: one signature, with a key object that is there. */
  @Benchmark
  public boolean signature() throws GeneralSecurityException {
    return signature.check();
  }

  /** The message alone: read and verified. */
  @Benchmark
  public VerifiedTokenBindings message() throws RefusedTokenBindingException {
    Connection connection = alternating[next++ & 1];
    return messages.verify(
        TokenBindingMessage.parseField(connection.message().get(0)),
        connection.exportedKeyingMaterial());
  }

  /** The same by token-binding-java. */
  @Benchmark
  public TokenBinding peer() throws TokenBindingException {
    Connection connection = alternating[next++ & 1];
    TokenBinding provided =
        peer.processSecTokenBindingHeader(
                connection.message().get(0),
                (byte) connection.exportedKeyingMaterial().keyParameters(),
                connection.exportedKeyingMaterial().bytes())
            .getProvidedTokenBinding();
    if (provided.getSignatureResult().getStatus() != SignatureResult.Status.VALID) {
      throw new IllegalStateException("the peer refused a rightful message");
    }
    return provided;
  }
}
