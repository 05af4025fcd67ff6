package dev.holdfast.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.tls.engine.crypto.ConnectorCrypto;
import dev.holdfast.tls.engine.crypto.ServerGroup;
import dev.holdfast.tls.engine.crypto.ServerSignatureScheme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyManagementException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.SignatureScheme;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is ruled out for the whole JVM is not spoken here either. */
@Tag("verify")
class JvmPolicyTest {
  @TempDir private Path folder;

  /** TLS of a JVM that cannot be asked anything. */
  public static final class Unusable extends SSLContextSpi {
    /** For the provider. */
    public Unusable() {}

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
        throws KeyManagementException {
      throw new KeyManagementException("not here");
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      throw new IllegalStateException();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      throw new IllegalStateException();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      throw new IllegalStateException();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      throw new IllegalStateException();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      throw new IllegalStateException();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      throw new IllegalStateException();
    }
  }

  private static final class UnusableProvider extends Provider {
    private static final long serialVersionUID = 1L;

    UnusableProvider() {
      super("Unusable", "1", "");
      putService(
          new Service(this, "SSLContext", "TLS", Unusable.class.getName(), List.of(), Map.of()));
    }
  }

  /** In a JVM of its own, since the property is read once. */
  static final class Spoken {
    private Spoken() {}

    public static void main(String[] arguments) throws Exception {
      if (List.of(arguments).contains("first")) {
        Security.insertProviderAt(TokenBindingProvider.INSTANCE, 1);
      }
      if (List.of(arguments).contains("unusable")) {
        Security.insertProviderAt(new UnusableProvider(), 1);
      }
      System.out.println(String.join(" ", new TreeSet<>(NegotiatingTls.supportedProtocols())));
      System.out.println(String.join(" ", new TreeSet<>(NegotiatingTls.supportedCipherSuites())));
      System.out.println(
          "schemes: "
              + ServerSignatureScheme.accepted(true, true).stream()
                  .map(scheme -> SignatureScheme.getText(SignatureScheme.from(scheme)))
                  .collect(Collectors.joining(" ")));
      System.out.println(
          "groups: "
              + Arrays.stream(ServerGroup.enabled(new ConnectorCrypto(new SecureRandom())))
                  .mapToObj(NamedGroup::getText)
                  .collect(Collectors.joining(" ")));
    }
  }

  private String spoken(String disabled, String place) throws IOException {
    Path properties = folder.resolve("java.security");
    Files.writeString(properties, "jdk.tls.disabledAlgorithms=" + disabled + "\n");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(
                java.toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.security.properties=" + properties,
                "-cp",
                System.getProperty("java.class.path"),
                Spoken.class.getName(),
                place)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Wherever the connector's own provider stands: it is not asked. */
  @ParameterizedTest
  @ValueSource(strings = {"absent", "first"})
  void disabledVersionsAndSuitesAreNotSpoken(String place) throws IOException {
    assertThat(spoken("TLSv1.2, TLS_AES_128_GCM_SHA256", place))
        .startsWith("TLSv1.3" + System.lineSeparator())
        .contains("TLS_AES_256_GCM_SHA384")
        .doesNotContain("TLS_AES_128_GCM_SHA256");
    assertThat(spoken("TLSv1.3, AES_128_GCM", place))
        .startsWith("TLSv1.2" + System.lineSeparator())
        .contains("_WITH_AES_256_GCM_SHA384")
        .doesNotContain("_WITH_AES_128_GCM_SHA256");
  }

  @Test
  void disabledSignatureSchemesAndGroupsAreNotSpoken_C59() throws IOException {
    assertThat(spoken("SSLv3", "absent"))
        .contains("rsa_pss_rsae_sha256", "rsa_pkcs1_sha256", "rsa_pkcs1_sha384", "x25519");
    assertThat(spoken("RSASSA-PSS, x25519, SHA256withRSA", "absent"))
        .contains("rsa_pkcs1_sha384", "ecdsa_secp256r1_sha256", "secp256r1")
        .doesNotContain("rsa_pss", "x25519", "rsa_pkcs1_sha256");
  }

  @Test
  void nothingIsSpokenWhereTheJvmCannotBeAsked() throws IOException {
    assertThat(spoken("SSLv3", "absent")).contains("TLSv1.2 TLSv1.3");
    assertThat(spoken("SSLv3", "unusable")).isEmpty();
  }
}
