package dev.holdfast.spring.webflux;

import dev.holdfast.Decision;
import dev.holdfast.PresentedToken.Scheme;
import dev.holdfast.Question;
import dev.holdfast.Refusal;
import dev.holdfast.http.challenge.Challenge;
import dev.holdfast.http.challenge.Challenges;
import dev.holdfast.http.challenge.MetadataParameter;
import dev.holdfast.spring.webflux.evidence.MetadataPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Where the chain itself challenges a request without a credential, its challenge for {@code
 * Bearer} is joined by those of the other schemes that are taken (RFC 9449 section 7.1). It gives
 * way to them where no bearer token could pass.
 *
 * <p>Every challenge names the address of the resource's metadata, where Holdfast serves it.
 *
 * @param challenges what is taken here
 * @param metadata where the resource's metadata is
 */
record ChallengeOffer(Challenges challenges, MetadataPlace metadata) {
  private static final String BEARER = "bearer";

  /** What answers the decision. */
  Challenge of(Decision.Refused refused, ServerWebExchange exchange) {
    return challenges.of(refused, metadata.address(exchange));
  }

  /** What answers a request without a credential that Holdfast takes. */
  Challenge without(Question question, ServerWebExchange exchange) {
    return challenges.of(Refusal.NO_CREDENTIALS, question, metadata.address(exchange));
  }

  /** Joins what the chain itself will say. */
  void applyTo(ServerWebExchange exchange, Question question) {
    String address = metadata.address(exchange);
    List<String> others = challenges.besideBearer(question.requirement(), address);
    if (!others.isEmpty() || address != null) {
      boolean bearer = challenges.takes(question.requirement(), Scheme.BEARER);
      exchange
          .getResponse()
          .beforeCommit(
              () ->
                  Mono.fromRunnable(
                      () -> offer(exchange.getResponse().getHeaders(), others, bearer, address)));
    }
  }

  private static void offer(
      HttpHeaders headers, List<String> others, boolean bearer, @Nullable String address) {
    List<String> before = headers.getOrEmpty(HttpHeaders.WWW_AUTHENTICATE);
    if (before.stream().noneMatch(challenge -> scheme(challenge).equals(BEARER))) {
      return;
    }
    List<String> offered = new ArrayList<>();
    for (String challenge : before) {
      if (!scheme(challenge).equals(BEARER)) {
        offered.add(challenge);
      } else if (bearer) {
        offered.add(address == null ? challenge : MetadataParameter.in(challenge, address));
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
