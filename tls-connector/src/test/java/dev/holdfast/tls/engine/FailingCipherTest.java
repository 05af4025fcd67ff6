package dev.holdfast.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.testing.ThrowAwayPki;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.Provider;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.crypto.Cipher;
import javax.crypto.CipherSpi;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cipher that fails while a record leaves: nothing readable stays, and the connection ends. */
class FailingCipherTest {
  private static final String NAME = "AES/GCM/NoPadding";
  private static final byte[] TEXT = "the account number".getBytes(StandardCharsets.US_ASCII);
  private static final AtomicBoolean FAILING = new AtomicBoolean();
  private static final Provider PROVIDER = new FailingProvider();

  @BeforeEach
  void install() {
    FAILING.set(false);
    Security.insertProviderAt(PROVIDER, 1);
  }

  @AfterEach
  void remove() {
    FAILING.set(false);
    Security.removeProvider(PROVIDER.getName());
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void nothingOfThePlaintextStaysAndTheConnectionEnds_C61(String version) throws Exception {
    Pair pair = Pair.of(ThrowAwayPki.create(), version, 1 << 20, 1 << 15).talk();
    assertThat(pair.server.engine.getSession().getCipherSuite()).contains("GCM");
    ByteBuffer record = ByteBuffer.allocate(20_000);

    FAILING.set(true);
    assertThatThrownBy(() -> pair.server.engine.wrap(ByteBuffer.wrap(TEXT), record))
        .isInstanceOf(SSLException.class);
    FAILING.set(false);

    assertThat(new String(record.array(), StandardCharsets.ISO_8859_1))
        .doesNotContain(new String(TEXT, StandardCharsets.US_ASCII).substring(4));
    assertThat(record.position()).isZero();
    assertThat(pair.server.engine.isInboundDone()).isTrue();
    pair.server.take(pair.client.say(TEXT));
    assertThat(pair.server.text.size()).as("nothing is read any more").isZero();
    assertThat(pair.server.engine.getSession().isValid()).isFalse();
  }

  private static final class FailingProvider extends Provider {
    private static final long serialVersionUID = 1L;

    FailingProvider() {
      super("Failing", "1", "");
      putService(
          new Service(this, "Cipher", NAME, FailingCipher.class.getName(), List.of(), Map.of()));
    }
  }

  /** The JDK's, until it is told to fail. */
  public static final class FailingCipher extends CipherSpi {
    private final Cipher real;

    /** For the provider. */
    public FailingCipher() throws GeneralSecurityException {
      real = Cipher.getInstance(NAME, "SunJCE");
    }

    @Override
    protected int engineDoFinal(ByteBuffer input, ByteBuffer output) {
      if (FAILING.get()) {
        throw new ProviderException("out of order");
      }
      try {
        return real.doFinal(input, output);
      } catch (GeneralSecurityException e) {
        throw new ProviderException(e);
      }
    }

    @Override
    protected byte[] engineDoFinal(byte[] input, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected int engineDoFinal(byte[] input, int from, int length, byte[] output, int to) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected void engineUpdateAAD(byte[] data, int offset, int length) {
      real.updateAAD(data, offset, length);
    }

    @Override
    protected byte[] engineUpdate(byte[] input, int offset, int length) {
      return real.update(input, offset, length);
    }

    @Override
    protected int engineUpdate(byte[] input, int from, int length, byte[] output, int to) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected void engineInit(
        int mode, Key key, AlgorithmParameterSpec parameters, SecureRandom random) {
      try {
        real.init(mode, key, parameters, random);
      } catch (GeneralSecurityException e) {
        throw new ProviderException(e);
      }
    }

    @Override
    protected void engineInit(int mode, Key key, SecureRandom random) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected void engineInit(
        int mode, Key key, AlgorithmParameters parameters, SecureRandom random) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected byte[] engineGetIV() {
      return real.getIV();
    }

    @Override
    protected AlgorithmParameters engineGetParameters() {
      return real.getParameters();
    }

    @Override
    protected int engineGetBlockSize() {
      return real.getBlockSize();
    }

    @Override
    protected int engineGetOutputSize(int inputLength) {
      return real.getOutputSize(inputLength);
    }

    @Override
    protected void engineSetMode(String mode) {}

    @Override
    protected void engineSetPadding(String padding) {}
  }
}
