package dev.holdfast.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.configuration.issuers.CacheSettings;
import dev.holdfast.configuration.issuers.IntrospectionSettings;
import dev.holdfast.configuration.issuers.IssuerLimits;
import dev.holdfast.configuration.issuers.TokenSettings;
import dev.holdfast.configuration.reading.PropertyNames;
import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.configuration.settings.CertificateSettings;
import dev.holdfast.configuration.settings.DpopSettings;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.configuration.settings.MetadataSettings;
import dev.holdfast.configuration.settings.ProxySettings;
import dev.holdfast.configuration.settings.TokenBindingSettings;
import dev.holdfast.dpop.DpopRules;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One declaration, and everything that is read from it. */
class RowsTest {

  static Stream<Row> rows() {
    return PropertyNames.rows().stream();
  }

  @Test
  void noTwoSettingsHaveOneName() {
    List<String> names = rows().map(Row::name).toList();
    assertThat(names).hasSizeGreaterThan(65).doesNotHaveDuplicates();
    assertThat(new HashSet<>(PropertyNames.shapes())).hasSameSizeAs(PropertyNames.shapes());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyDefaultCanBeWritten(Row row) {
    if (!row.defaultText().isEmpty()) {
      String name = row.name().replace("[]", "[0]");
      SettingsReader.requireReadable(name, row.defaultText());
      assertThat(row.defaultValue()).isNotNull();
    }
  }

  /** A type that no text is read as would be handed over as text, and would fit nowhere. */
  @ParameterizedTest
  @MethodSource("rows")
  void everyTypeIsRead(Row row) {
    boolean isRead =
        row.words() != null
            || row.numbers() != null
            || row.times() != null
            || List.of(
                    String.class,
                    dev.holdfast.policy.PathPattern.class,
                    RolesFrom.class,
                    IssuerTls.class)
                .contains(row.type());
    assertThat(isRead).isTrue();
  }

  @Test
  void whatIsNotWrittenHasItsDefaultInEveryRecord() {
    assertThat(CacheSettings.defaults())
        .isEqualTo(
            new CacheSettings(Duration.ofMinutes(1), 100_000, Duration.ofSeconds(5), 10_000));
    assertThat(IssuerLimits.DEFAULTS)
        .isEqualTo(new IssuerLimits(50, Duration.ofMinutes(5), Duration.ofMinutes(15)));
    assertThat(IntrospectionSettings.DEFAULT_TIMEOUT).isEqualTo(Duration.ofSeconds(5));
    assertThat(TokenSettings.DEFAULT_CLOCK_SKEW).isEqualTo(Duration.ofSeconds(10));
    assertThat(HoldfastSettings.defaults().proxies()).isEqualTo(ProxySettings.none());
    assertThat(HoldfastSettings.defaults().tokenBinding()).isEqualTo(TokenBindingSettings.none());
    assertThat(HoldfastSettings.defaults().certificate())
        .isEqualTo(CertificateSettings.of(CertificateSettings.CertificateSource.TLS));
    assertThat(HoldfastSettings.defaults().rolesFrom()).isEqualTo(RolesFrom.NONE);
    assertThat(HoldfastSettings.defaults().metadata())
        .isEqualTo(new MetadataSettings(null, null, List.of(), null));
  }

  /** The slice knows no settings, so that both say what holds where nothing is written. */
  @Test
  void proofsHaveTheDefaultsOfTheirRules() {
    DpopSettings settings = DpopSettings.defaults();
    assertThat(
            new DpopRules(
                settings.algorithms(),
                settings.minRsaBits(),
                settings.proofLifetime(),
                settings.clockSkew()))
        .isEqualTo(DpopRules.DEFAULTS);
  }

  record Unbounded(@Setting("5") int number) {}

  @Test
  void aNumberWithoutBoundsCannotBeRead_C17() {
    FlatProperties written = new FlatProperties(Map.of("number", "7"));
    RecordReader reader = new RecordReader(written, Words.Spelling.EXACT, SettingsReader.PEM_FILE);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> reader.read(Unbounded.class, ""))
        .withMessage("no bounds are declared for number");
  }
}
