package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java of the README and of docs/ compiles as it is printed. */
@Tag("verify")
class DocumentedSnippetsTest {
  @TempDir Path classes;

  /** What a reader adds by his editor where a snippet is less than a file. */
  private static final String IMPORTS =
      Stream.of(
              "static org.mockito.ArgumentMatchers.anyString",
              "static org.mockito.Mockito.when",
              "static org.springframework.security.config.Customizer.withDefaults",
              "static org.springframework.security.test.web.servlet.request"
                  + ".SecurityMockMvcRequestPostProcessors.*",
              "static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get",
              "static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status",
              "dev.holdfast.IssuerClient",
              "dev.holdfast.configuration.*",
              "dev.holdfast.servlet.*",
              "dev.holdfast.servlet.cookie.*",
              "dev.holdfast.spring.*",
              "dev.holdfast.tokenbinding.*",
              "java.net.http.HttpClient",
              "java.security.MessageDigest",
              "java.security.cert.X509Certificate",
              "java.time.Duration",
              "java.time.Instant",
              "java.util.*",
              "org.apache.catalina.Context",
              "org.eclipse.jetty.server.*",
              "org.eclipse.jetty.util.ssl.SslContextFactory",
              "org.junit.jupiter.api.Test",
              "org.springframework.boot.test.context.TestConfiguration",
              "org.springframework.context.annotation.Bean",
              "org.springframework.http.client.JdkClientHttpRequestFactory",
              "org.springframework.security.config.annotation.web.builders.HttpSecurity",
              "org.springframework.security.oauth2.core.*",
              "org.springframework.security.oauth2.jwt.*",
              "org.springframework.security.oauth2.server.resource.introspection.*",
              "org.springframework.security.web.SecurityFilterChain",
              "org.springframework.test.context.bean.override.mockito.MockitoBean",
              "org.springframework.test.web.servlet.MockMvc",
              "org.springframework.web.client.RestClient",
              "org.springframework.web.cors.CorsConfiguration")
          .map(name -> "import " + name + ";\n")
          .reduce("", String::concat);

  /** What the text around the snippets of a page speaks of. */
  private static final Map<String, String> AROUND =
      Map.of(
          "docs/bound-cookies.md", "jakarta.servlet.ServletContext context; String secret;",
          "docs/dpop.md", "HoldfastFilter filter; jakarta.servlet.ServletContext context;",
          "docs/servlet-containers.md",
              "org.apache.catalina.startup.Tomcat tomcat; String directory; Server server;",
          "docs/your-existing-tests.md",
              "MockMvc mvc; X509Certificate certificate, another;"
                  + " OpaqueTokenIntrospector introspector;",
          "README.md", "Context context;");

  /**
   * Libraries that are not here: Spring Security's OAuth 2.0 client, and MCP Security, which {@code
   * McpSecurityTest} of the example tries.
   */
  private static boolean needsAnotherLibrary(DocumentedSnippets snippet) {
    return snippet.text().contains("OidcIdTokenDecoderFactory")
        || snippet.text().contains("mcpServerOAuth2");
  }

  static List<DocumentedSnippets> all() {
    return DocumentedSnippets.all().stream()
        .filter(snippet -> !needsAnotherLibrary(snippet))
        .toList();
  }

  @Test
  void thereAreSome() {
    assertThat(all())
        .filteredOn(snippet -> snippet.page().equals("README.md"))
        .filteredOn(DocumentedSnippets::isWholeFile)
        .extracting(DocumentedSnippets::className)
        .containsExactly("ApiSecurity", "Protection");
    assertThat(all()).hasSizeGreaterThan(10).hasSize(DocumentedSnippets.all().size() - 2);
  }

  @ParameterizedTest
  @MethodSource("all")
  void itCompilesAsItIsPrinted(DocumentedSnippets snippet) {
    assertThat(errors(source(snippet))).isEmpty();
  }

  private static JavaFileObject source(DocumentedSnippets snippet) {
    if (snippet.isWholeFile()) {
      return file(snippet.className(), snippet.text());
    }
    if (snippet.className() != null) {
      return file(snippet.className(), IMPORTS + snippet.text());
    }
    String fields = AROUND.getOrDefault(snippet.page(), "");
    if (snippet.text().contains("JwtDecoder decoder;")) {
      return file("Printed", IMPORTS + "class Printed {" + fields + snippet.text() + "}");
    }
    return file(
        "Printed",
        IMPORTS
            + "class Printed {"
            + fields
            + " JwtDecoder decoder; "
            + (snippet.hasMethods()
                ? snippet.text() + "}"
                : "void printed() throws Exception {"
                    + snippet.text()
                    + "} static String thumbprint(X509Certificate of) { return null; } }"));
  }

  private static JavaFileObject file(String name, String text) {
    return new SimpleJavaFileObject(
        URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }

  private List<String> errors(JavaFileObject source) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    compiler
        .getTask(
            null,
            null,
            found,
            List.of("-proc:none", "-cp", System.getProperty("java.class.path"), "-d", classes + ""),
            null,
            List.of(source))
        .call();
    List<String> errors = new ArrayList<>();
    found
        .getDiagnostics()
        .forEach(
            each -> {
              if (each.getKind() == Diagnostic.Kind.ERROR) {
                errors.add(each.getLineNumber() + ": " + each.getMessage(Locale.ROOT));
              }
            });
    return errors;
  }
}
