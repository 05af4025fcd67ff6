package dev.holdfast.spring.webflux;

import dev.holdfast.PresentedToken.Scheme;
import dev.holdfast.Question;
import dev.holdfast.http.Challenges;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Where the chain itself challenges a request without a credential, its challenge for {@code
 * Bearer} is joined by those of the other schemes that are taken (RFC 9449 section 7.1). It gives
 * way to them where no bearer token could pass.
 *
 * @param challenges what is taken here
 */
record ChallengeOffer(Challenges challenges) {
  private static final String BEARER = "bearer";

  void applyTo(ServerWebExchange exchange, Question question) {
    List<String> others = challenges.besideBearer(question.requirement());
    if (!others.isEmpty()) {
      boolean bearer = challenges.takes(question.requirement(), Scheme.BEARER);
      exchange
          .getResponse()
          .beforeCommit(
              () ->
                  Mono.fromRunnable(
                      () -> offer(exchange.getResponse().getHeaders(), others, bearer)));
    }
  }

  private static void offer(HttpHeaders headers, List<String> others, boolean bearer) {
    List<String> before = headers.getOrEmpty(HttpHeaders.WWW_AUTHENTICATE);
    if (before.stream().noneMatch(challenge -> scheme(challenge).equals(BEARER))) {
      return;
    }
    List<String> offered = new ArrayList<>();
    for (String challenge : before) {
      if (bearer || !scheme(challenge).equals(BEARER)) {
        offered.add(challenge);
      }
    }
    for (String other : others) {
      if (before.stream().noneMatch(challenge -> scheme(challenge).equals(scheme(other)))) {
        offered.add(other);
      }
    }
    headers.put(HttpHeaders.WWW_AUTHENTICATE, offered);
  }

  private static String scheme(String challenge) {
    return challenge.split(" ", 2)[0].toLowerCase(Locale.ROOT);
  }
}
