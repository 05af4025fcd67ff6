package dev.holdfast.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is ruled out for the whole JVM is not spoken here either. */
class JvmPolicyTest {
  @TempDir private Path folder;

  /** In a JVM of its own, since the property is read once. */
  static final class Spoken {
    private Spoken() {}

    public static void main(String[] arguments) throws Exception {
      if (List.of(arguments).contains("first")) {
        Security.insertProviderAt(TokenBindingProvider.INSTANCE, 1);
      }
      System.out.println(String.join(" ", new TreeSet<>(NegotiatingTls.supportedProtocols())));
      System.out.println(String.join(" ", new TreeSet<>(NegotiatingTls.supportedCipherSuites())));
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
}
