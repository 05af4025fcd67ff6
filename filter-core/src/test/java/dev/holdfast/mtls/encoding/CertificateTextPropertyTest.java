package dev.holdfast.mtls.encoding;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.mtls.encoding.PemText.LineBreak;
import dev.holdfast.mtls.header.Decoding;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What is encoded is read again, and only that. */
class CertificateTextPropertyTest {

  @Provide
  Arbitrary<String> printable() {
    return Arbitraries.strings().withCharRange(' ', '~').withChars('\n', '\r').ofMaxLength(300);
  }

  @Property(tries = 500)
  void percentEncodedTextIsReadAgain(@ForAll("printable") String text) throws Exception {
    assertThat(PercentEncoding.decode(Decoding.escaped(text))).isEqualTo(text);
  }

  @Property(tries = 500)
  void soIsTextOfWhichEveryCharacterIsEncoded(@ForAll("printable") String text) throws Exception {
    StringBuilder lower = new StringBuilder();
    text.chars().forEach(character -> lower.append("%%%02x".formatted(character)));

    assertThat(PercentEncoding.decode(lower.toString())).isEqualTo(text);
    assertThat(PercentEncoding.decode(lower.toString().toUpperCase(Locale.ROOT))).isEqualTo(text);
  }

  @Property(tries = 500)
  void percentDecodingNeverMakesTextLonger(@ForAll String value) {
    try {
      String text = PercentEncoding.decode(value);
      assertThat(text.length()).isLessThanOrEqualTo(value.length());
      assertThat(text).matches("[ -~\r\n]*");
    } catch (UnreadableCertificateException refused) {
      assertThat(value).isNotEmpty();
    }
  }

  @Property(tries = 200)
  void aCutEscapeIsRefused(
      @ForAll("printable") String text, @ForAll @IntRange(max = 1) int digits) {
    String cut = Decoding.escaped(text) + "%2".substring(0, 1 + digits);

    assertThatThrownBy(() -> PercentEncoding.decode(cut))
        .isInstanceOf(UnreadableCertificateException.class);
  }

  @Property(tries = 300)
  void aByteSequenceIsReadAgain(@ForAll @Size(min = 1, max = 2000) byte[] bytes) throws Exception {
    String value = ":" + Base64.getEncoder().encodeToString(bytes) + ":";

    assertThat(ByteSequence.decode(value)).isEqualTo(bytes);
  }

  /** Every accepted text is the one spelling of what was read. */
  @Property(tries = 1000)
  void aByteSequenceHasOneSpelling(@ForAll("structured") String value) {
    try {
      byte[] bytes = ByteSequence.decode(value);
      assertThat(value).isEqualTo(":" + Base64.getEncoder().encodeToString(bytes) + ":");
    } catch (UnreadableCertificateException refused) {
      assertThat(refused.rule()).startsWith("the client certificate is not");
    }
  }

  @Provide
  Arbitrary<String> structured() {
    return Arbitraries.strings()
        .withChars("ABCDwxyz0189+/=:; \t-_".toCharArray())
        .ofMaxLength(12)
        .map(inner -> ":" + inner + ":");
  }

  @Property(tries = 200)
  void pemIsReadAgainWhateverTheLineLength(
      @ForAll @Size(min = 1, max = 3000) byte[] der, @ForAll @IntRange(min = 4, max = 200) int line)
      throws Exception {
    for (String lineBreak : List.of("\n", "\r\n")) {
      assertThat(PemText.one(pem(der, line, lineBreak), LineBreak.LINE_FEED)).isEqualTo(der);
    }
    for (String lineBreak : List.of(" ", "\t", " \t ")) {
      assertThat(PemText.one(pem(der, line, lineBreak), LineBreak.WHITE_SPACE)).isEqualTo(der);
    }
  }

  @Property(tries = 200)
  void severalAreReadInTheirOrder(
      @ForAll @Size(min = 1, max = 10) List<@Size(min = 1, max = 100) byte[]> chain)
      throws Exception {
    StringBuilder text = new StringBuilder();
    chain.forEach(der -> text.append(pem(der, 64, "\n")));

    assertThat(PemText.all(text.toString(), LineBreak.LINE_FEED))
        .usingRecursiveComparison()
        .isEqualTo(chain);
  }

  @Property(tries = 300)
  void anyOtherCharacterInPemIsRefusedOrChangesIt(
      @ForAll @IntRange(max = 10_000) int place, @ForAll char other) {
    String valid = pem(Decoding.CLIENT_DER, 64, "\n").strip();
    int index = place % valid.length();
    String changed = valid.substring(0, index) + other + valid.substring(index + 1);
    try {
      byte[] der = PemText.one(changed, LineBreak.LINE_FEED);
      assertThat(Arrays.equals(der, Decoding.CLIENT_DER)).isEqualTo(changed.equals(valid));
    } catch (UnreadableCertificateException refused) {
      assertThat(changed).isNotEqualTo(valid);
    }
  }

  private static String pem(byte[] der, int line, String lineBreak) {
    String body =
        Base64.getMimeEncoder(line / 4 * 4, lineBreak.getBytes(US_ASCII)).encodeToString(der);
    return "-----BEGIN CERTIFICATE-----"
        + lineBreak
        + body
        + lineBreak
        + "-----END CERTIFICATE-----"
        + lineBreak;
  }
}
