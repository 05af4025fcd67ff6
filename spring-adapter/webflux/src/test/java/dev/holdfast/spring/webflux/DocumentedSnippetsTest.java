package dev.holdfast.spring.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page about WebFlux shows compiles as it stands. */
class DocumentedSnippetsTest {
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern CLASS = Pattern.compile("(?m)^class (\\w+)");

  @Test
  void theSnippetsOfThePageCompile(@TempDir Path classes) throws IOException {
    List<JavaFileObject> snippets = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(Path.of("..", "..", "docs", "webflux.md")));
    while (block.find()) {
      snippets.add(new Snippet(block.group(1)));
    }
    assertThat(snippets).hasSize(4);
    StringWriter said = new StringWriter();
    List<String> options = List.of("-proc:none", "-d", classes.toString());
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .getTask(said, null, null, options, null, snippets)
                .call())
        .as(said.toString())
        .isTrue();
  }

  private static final class Snippet extends SimpleJavaFileObject {
    private final String text;

    Snippet(String text) {
      super(URI.create("string:///" + name(text) + ".java"), Kind.SOURCE);
      this.text = text;
    }

    private static String name(String text) {
      Matcher declared = CLASS.matcher(text);
      assertThat(declared.find()).isTrue();
      return declared.group(1);
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
