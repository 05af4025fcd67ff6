package dev.holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccessTokenTest {
  private static final Instant END = Instant.ofEpochSecond(1_800_000_000);

  private static AccessToken token(String subject, String client, Map<String, Object> claims) {
    return new AccessToken("https://issuer.test", subject, client, END, Set.of("read"), claims);
  }

  @Test
  void itIsNamedAfterTheSubjectElseTheClient() {
    assertThat(token("alice", "app", Map.of()).getName()).isEqualTo("alice");
    assertThat(token(null, "app", Map.of()).getName()).isEqualTo("app");
    assertThat(token(null, null, Map.of()).getName()).isEmpty();
  }

  @Test
  void itStandsStrictlyBeforeItsEnd_T87() {
    AccessToken token = token("alice", "app", Map.of());

    assertThat(token.isLiveAt(END.minusNanos(1))).isTrue();
    assertThat(token.isLiveAt(END)).isFalse();
    assertThat(new AccessToken("i", null, null, null, Set.of(), Map.of()).isLiveAt(Instant.MAX))
        .isTrue();
  }

  @Test
  void oneRequestCannotChangeTheClaimsThatAnotherSees() {
    List<Object> groups = new ArrayList<>(List.of("users"));
    Map<String, Object> nested = new HashMap<>(Map.of("groups", groups));
    nested.put("nothing", null);
    AccessToken token = token("alice", "app", new HashMap<>(Map.of("realm", nested)));
    groups.add("admins");

    Map<?, ?> realm = (Map<?, ?>) token.claims().get("realm");
    List<?> seen = (List<?>) realm.get("groups");
    assertThat(seen.toString()).isEqualTo("[users]");
    assertThat(realm.containsKey("nothing")).isTrue();
    assertThatThrownBy(seen::clear).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(realm::clear).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> token.claims().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void otherClaimsStayOutOfItsToString() {
    assertThat(token("alice", "app", Map.of("email", "a@b.test")).toString())
        .doesNotContain("a@b.test");
  }
}
