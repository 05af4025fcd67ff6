package dev.holdfast.dpop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TargetUriPropertyTest {

  @Provide
  Arbitrary<String> uris() {
    Arbitrary<String> scheme = Arbitraries.of("http", "https", "HTTP", "Https");
    Arbitrary<String> host =
        Arbitraries.of("api.example", "API.example", "10.0.0.1", "[::1]", "a%41");
    Arbitrary<String> port = Arbitraries.of("", ":", ":80", ":443", ":8443", ":0080");
    Arbitrary<String> segment =
        Arbitraries.of(
            "", ".", "..", "a", "B", "%2e", "%2E.", "%41", "%2f", "%3f", "~", ";x=1", "...");
    Arbitrary<String> path =
        segment.list().ofMaxSize(6).map(all -> all.isEmpty() ? "" : "/" + String.join("/", all));
    Arbitrary<String> tail = Arbitraries.of("", "?", "?a=/../b", "#", "#?x");
    return Combinators.combine(scheme, host, port, path, tail)
        .as((s, h, p, t, q) -> s + "://" + h + p + t + q);
  }

  @Property
  void normalisationIsIdempotent(@ForAll("uris") String uri) {
    TargetUri once = TargetUri.of(uri);

    assertThat(once).isNotNull();
    assertThat(TargetUri.of(once.text())).isEqualTo(once);
  }

  @Property
  void whatIsTakenAsItStandsIsItsOwnNormalForm(@ForAll("uris") String uri) {
    assertThat(TargetUri.of(uri)).isEqualTo(TargetUri.normalised(uri));
  }

  @Property
  void queryAndFragmentDoNotCount(@ForAll("uris") String uri) {
    String bare = uri.split("[?#]", 2)[0];

    assertThat(TargetUri.of(uri)).isEqualTo(TargetUri.of(bare));
  }

  @Property
  void aNormalFormHasNoDotSegmentAndNothingLeftToDecode(@ForAll("uris") String uri) {
    String path = URI.create(TargetUri.of(uri).text()).getRawPath();

    assertThat(path.split("/", -1)).doesNotContain(".", "..");
    assertThat(path).startsWith("/").doesNotContain("%2e", "%2E", "%41", "%2f");
  }

  /** Everything in other spellings that RFC 3986 calls equivalent. */
  @Property
  void equivalentSpellingsAreOneTarget(@ForAll("uris") String uri) {
    int path = uri.indexOf('/', uri.indexOf("://") + 3);
    int end = path < 0 ? uri.length() : path;
    String origin = uri.substring(0, end).toUpperCase(Locale.ROOT);
    String rest = uri.substring(end).replace("a", "%61").replace("~", "%7e").replace("/", "/./");

    TargetUri expected = TargetUri.of(uri.split("[?#]", 2)[0]);
    TargetUri spelled = TargetUri.of((origin + rest).split("[?#]", 2)[0]);
    assertThat(spelled).isEqualTo(expected);
  }

  /** The JDK's own parser and normaliser agree about where a path without escapes leads. */
  @Property
  void whatTheJdkResolvesLeadsToTheSamePlace(@ForAll("uris") String uri) {
    String bare = uri.split("[?#]", 2)[0].replace("%", "").replace("//", "/").replace(":/", "://");
    TargetUri ours = TargetUri.of(bare);
    URI theirs = URI.create(bare);
    if (ours == null || theirs.getRawPath().isEmpty() || theirs.getRawPath().contains("//")) {
      return;
    }
    String path = theirs.normalize().getRawPath().replaceAll("^(/\\.\\.)+(?=/|$)", "");
    assertThat(URI.create(ours.text()).getRawPath()).isEqualTo(path.isEmpty() ? "/" : path);
  }

  @Property(tries = 2000)
  void anyTextIsReadOrNot(@ForAll String text) {
    TargetUri.of(text);
    TargetUri.of("https://" + text);
    TargetUri target = TargetUri.of("https://api.example/" + text);
    assertThat(target).isEqualTo(TargetUri.normalised("https://api.example/" + text));
    assertThat(TargetUri.of("https://" + text)).isEqualTo(TargetUri.normalised("https://" + text));
    if (target != null) {
      assertThat(TargetUri.of(target.text())).isEqualTo(target);
    }
  }
}
