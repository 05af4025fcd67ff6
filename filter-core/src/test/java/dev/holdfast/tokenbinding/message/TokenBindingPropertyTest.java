package dev.holdfast.tokenbinding.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.internal.Base64Url;
import dev.holdfast.testing.TokenBindingSpecimen;
import dev.holdfast.tokenbinding.ProxyTokenBindings;
import dev.holdfast.tokenbinding.ProxyValue;
import dev.holdfast.tokenbinding.Request;
import dev.holdfast.tokenbinding.TokenBindingState;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.Size;

@Tag("verify")
class TokenBindingPropertyTest {

  /** Of any type; keys of known kinds are real ones, others any bytes; extensions are any. */
  @Provide
  Arbitrary<TokenBindingSpecimen> bindings() {
    Arbitrary<TokenBindingSpecimen> real =
        Combinators.combine(Arbitraries.of(Keys.ALL), Arbitraries.integers().between(0, 255))
            .as((key, type) -> Keys.provided(key).withType(type));
    Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(90);
    Arbitrary<TokenBindingSpecimen> opaque =
        Combinators.combine(
                Arbitraries.integers().between(0, 255),
                Arbitraries.integers().between(3, 255),
                bytes,
                Arbitraries.bytes().array(byte[].class).ofMinSize(64).ofMaxSize(300))
            .as(
                (type, parameters, key, signature) ->
                    new TokenBindingSpecimen(type, parameters, key, signature, new byte[0]));
    return Combinators.combine(
            Arbitraries.oneOf(real, opaque), Arbitraries.integers().between(0, 255), bytes)
        .as(
            (binding, type, data) ->
                data.length == 0 ? binding : binding.withExtension(type, data));
  }

  @Property(tries = 500)
  void whatIsEncodedIsReadBack_T73(
      @ForAll("bindings") TokenBindingSpecimen first,
      @ForAll("bindings") TokenBindingSpecimen second)
      throws Exception {
    List<TokenBindingSpecimen> written = List.of(first, second);

    List<TokenBinding> read =
        TokenBindingMessage.parse(TokenBindingSpecimen.message(first, second)).bindings();

    assertThat(read).hasSize(2);
    for (int i = 0; i < 2; i++) {
      assertThat(read.get(i).typeValue()).isEqualTo(written.get(i).type());
      assertThat(read.get(i).id().bytes()).isEqualTo(written.get(i).id());
      assertThat(read.get(i).signature()).isEqualTo(written.get(i).signature());
      TokenBindingSpecimen again = written.get(i).withExtensions(new byte[0]);
      for (TokenBindingExtension extension : read.get(i).extensions()) {
        again = again.withExtension(extension.type(), extension.data());
      }
      assertThat(again.encoded()).isEqualTo(written.get(i).encoded());
    }
  }

  /** The key is a value of its own (a point, a modulus and an exponent), the ID its only name. */
  @Property(tries = 2000)
  void oneKeyHasOneId_T73(@ForAll @Size(min = 1, max = 4) List<Integer> changes, @ForAll int which)
      throws Exception {
    byte[] id = Keys.ALL.get(Math.floorMod(which, 3)).id();
    byte[] changed = id.clone();
    for (int change : changes) {
      changed[Math.floorMod(change >>> 8, changed.length)] = (byte) change;
    }
    TokenBindingId original = TokenBindingId.parse(id);
    TokenBindingId other;
    try {
      other = TokenBindingId.parse(changed);
    } catch (RefusedTokenBindingException refused) {
      return;
    }
    boolean sameBytes = Arrays.equals(id, changed);
    boolean sameKey =
        other.keyParametersValue() == original.keyParametersValue()
            && describe(other).equals(describe(original));
    assertThat(sameKey).isEqualTo(sameBytes);
    assertThat(other.equals(original)).isEqualTo(sameBytes);
    assertThat(other.digest().equals(original.digest())).isEqualTo(sameBytes);
  }

  private static String describe(TokenBindingId id) throws RefusedTokenBindingException {
    KeyParameters parameters = id.knownKeyParameters();
    if (parameters == null) {
      return Arrays.toString(id.bytes());
    }
    byte[] key = Arrays.copyOfRange(id.bytes(), 3, id.bytes().length);
    return KeyEncoding.read(parameters, new ByteReader(key)) instanceof ECPublicKeySpec point
        ? point.getW().getAffineX() + " " + point.getW().getAffineY()
        : rsa((RSAPublicKeySpec) KeyEncoding.read(parameters, new ByteReader(key)));
  }

  private static String rsa(RSAPublicKeySpec key) {
    return key.getModulus() + " " + key.getPublicExponent();
  }

  @Property
  void anyBytesAreAMessageOrRefused_T66(@ForAll @Size(max = 400) byte[] bytes) {
    String rule = Keys.refusal(bytes, Keys.EC, UnknownTypes.VERIFY);

    assertThat(rule).as("nothing was signed").isNotNull();
  }

  @Property
  void anIdIsReadFromItsOneSpellingOnly_T72(@ForAll @Size(max = 300) byte[] bytes) {
    TokenBindingState state =
        new ProxyTokenBindings(ProxyValue.ID)
            .of(Request.fromProxy().provided(Base64Url.encode(bytes)));

    assertThat(state).isInstanceOf(TokenBindingState.Refused.class);
  }
}
