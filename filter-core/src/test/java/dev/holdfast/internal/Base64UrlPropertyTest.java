package dev.holdfast.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class Base64UrlPropertyTest {

  @Property
  void everythingEncodedIsReadBack(@ForAll @Size(max = 100) byte[] bytes) {
    String text = Base64Url.encode(bytes);

    assertThat(Base64Url.decode(text)).isEqualTo(bytes);
    assertThat(text).isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  @Property(tries = 5000)
  void whateverIsReadHasThatOneSpelling_T44(
      @ForAll
          @StringLength(max = 12)
          @CharRange(from = 'A', to = 'Z')
          @CharRange(from = 'a', to = 'z')
          @CharRange(from = '0', to = '9')
          @Chars({'-', '_'})
          String text) {
    byte[] bytes = Base64Url.decode(text);

    if (bytes != null) {
      assertThat(Base64Url.encode(bytes)).isEqualTo(text);
    } else {
      assertThat(text.length() % 4).as("a multiple of four has no unused bits").isNotZero();
    }
  }

  @Property
  void arbitraryTextIsReadOnlyIfItIsTheSpelling_T44(@ForAll @StringLength(max = 8) String text) {
    byte[] bytes = Base64Url.decode(text);

    assertThat(bytes == null || Base64Url.encode(bytes).equals(text)).isTrue();
  }

  @Property
  void oneForeignCharacterAnywhereSpoilsIt_T44(
      @ForAll @Size(min = 1, max = 40) byte[] bytes,
      @ForAll int position,
      @ForAll @IntRange(max = 9) int choice) {
    char foreign = "= \n\t\r+/.\u00e4\u0141".charAt(choice);
    StringBuilder text = new StringBuilder(Base64Url.encode(bytes));
    int at = Math.floorMod(position, text.length());

    assertThat(Base64Url.decode(new StringBuilder(text).insert(at, foreign))).isNull();
    assertThat(Base64Url.decode(text.toString() + foreign)).isNull();
    text.setCharAt(at, foreign);
    assertThat(Base64Url.decode(text)).isNull();
  }
}
