package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.SettingsReader;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** A word that a setting does not take: the text says which ones it takes. */
class EnumeratedSettingsTest {
  private final WebApplicationContextRunner web =
      new WebApplicationContextRunner()
          .withConfiguration(StartTest.ALL)
          .withPropertyValues(StartTest.ISSUER, StartTest.AUDIENCE);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "holdfast.policy           | on          | one of off, report-only, when-bound, required",
        "holdfast.methods          | dpop,mtls   | one of token-binding, certificate, dpop",
        "holdfast.methods[0]       | mtls        | one of token-binding, certificate, dpop",
        "holdfast.rules[0].policy  | lax         | one of off, report-only, when-bound, required",
        "holdfast.certificate.source | proxy     | tls, header or none",
        "holdfast.dpop.nonce       | sometimes   | never or always",
        "holdfast.dpop.enabled     | maybe       | true or false",
        "holdfast.tokens.attributes-without-cnf | ignore | refuse or unbound",
        "holdfast.cookies.policy   | when-bound  | required or when-proven"
      })
  void theTextListsWhatMayBeWritten(String name, String value, String expected) {
    web.withPropertyValues(name + "=" + value)
        .run(
            context -> {
              assertThat(context).hasFailed();
              FailureAnalysis analysis =
                  new InvalidSettingFailureAnalyzer().analyze(context.getStartupFailure());
              assertThat(analysis).as(context.getStartupFailure().toString()).isNotNull();
              assertThat(analysis.getDescription())
                  .contains(name + ": \"" + value.substring(value.indexOf(',') + 1) + "\" cannot");
              assertThat(analysis.getAction()).isEqualTo("Write " + expected + ".");
            });
  }

  @Test
  void whatBootReadsIsStillRead() {
    web.withPropertyValues("holdfast.policy=WHEN_BOUND", "holdfast.methods=DPOP,certificate")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @ParameterizedTest
  @MethodSource("enumerated")
  void noEnumeratedSettingIsForgotten(String name, Class<?> type) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> SettingsReader.requireReadable(name, "nonsense"))
        .withMessageContaining(name + ": \"nonsense\" cannot be read. Write ");
    if (type.isEnum()) {
      for (Object constant : type.getEnumConstants()) {
        assertThatCode(() -> SettingsReader.requireReadable(name, ((Enum<?>) constant).name()))
            .doesNotThrowAnyException();
      }
    }
    if (type == ConfirmationMethod.class) {
      for (ConfirmationMethod method : ConfirmationMethod.all()) {
        assertThatCode(() -> SettingsReader.requireReadable(name, method.propertyName()))
            .doesNotThrowAnyException();
      }
    }
  }

  static Stream<Object[]> enumerated() {
    Map<String, Class<?>> found = new LinkedHashMap<>();
    collect("holdfast", HoldfastProperties.class, found);
    collect("holdfast.cookies", CookieProperties.class, found);
    assertThat(found).hasSizeGreaterThan(18);
    return found.entrySet().stream().map(one -> new Object[] {one.getKey(), one.getValue()});
  }

  private static void collect(String prefix, Class<?> properties, Map<String, Class<?>> found) {
    for (RecordComponent component : properties.getRecordComponents()) {
      Class<?> type = component.getType();
      String name = prefix + '.' + dashed(component.getName());
      if (component.getGenericType() instanceof ParameterizedType collection) {
        Type element = collection.getActualTypeArguments()[0];
        if (element instanceof Class<?> record && record.isRecord()) {
          collect(name + "[0]", record, found);
        } else if (element instanceof Class<?> words
            && (words.isEnum() || words == ConfirmationMethod.class)) {
          found.put(name, words);
        }
      } else if (type.isRecord()) {
        collect(name, type, found);
      } else if (type.isEnum() || type == boolean.class) {
        found.put(name, type);
      }
    }
  }

  private static String dashed(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
