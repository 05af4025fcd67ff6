package dev.holdfast.testing.contract;

import static dev.holdfast.testing.contract.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.Identity;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Many at once: nobody gets another one's answer (T97, T98). */
public interface ConcurrencyCases extends WithFixture {

  private String tokenOf(Identity holder, String subject) {
    Map<String, Object> claims = fixture().issuer().claims(holder.thumbprint());
    claims.put("sub", subject);
    return fixture().issuer().jwt(claims);
  }

  /** On each of two connections, every stream has a token of its own; half of them are stolen. */
  @Test
  default void streamsOfOneConnectionDoNotMix_T97() {
    Api api = fixture().api();
    Caller rightful = api.caller(fixture().rightful(), Version.HTTP_2);
    Caller thief = api.caller(fixture().thief(), Version.HTTP_2);
    rightful.send("GET", "/public/ping"); // the connections are up before the streams start
    thief.send("GET", "/public/ping");
    List<CompletableFuture<HttpResponse<String>>> own = new ArrayList<>();
    List<CompletableFuture<HttpResponse<String>>> stolen = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String rightfulToken = tokenOf(fixture().rightful(), "rightful-" + i);
      String thiefToken = tokenOf(fixture().thief(), "thief-" + i);
      own.add(rightful.getLater("/me", rightfulToken));
      stolen.add(rightful.getLater("/me", thiefToken));
      own.add(thief.getLater("/me", thiefToken));
      stolen.add(thief.getLater("/me", rightfulToken));
    }
    for (int i = 0; i < own.size(); i++) {
      HttpResponse<String> response = own.get(i).join();
      assertThat(response.version()).isEqualTo(Version.HTTP_2);
      assertThat(response.statusCode()).isEqualTo(200);
      String subject = (i % 2 == 0 ? "rightful-" : "thief-") + i / 2;
      assertThat(json(response.body())).containsEntry("subject", subject);
      assertThat(stolen.get(i).join().statusCode()).isEqualTo(401);
    }
  }

  @Test
  default void aThousandRequestsDoNotMix_T98() throws InterruptedException, ExecutionException {
    Api api = fixture().api();
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      tokens.add(tokenOf(fixture().rightful(), "subject-" + i));
    }
    ExecutorService callers = Executors.newFixedThreadPool(16);
    try {
      List<Callable<HttpResponse<String>>> calls = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        String token = tokens.get(i % 40);
        Caller caller = i % 5 == 4 ? api.thief() : api.rightful();
        calls.add(() -> caller.get("/me", token));
      }
      List<Future<HttpResponse<String>>> answers = callers.invokeAll(calls);
      for (int i = 0; i < answers.size(); i++) {
        HttpResponse<String> answer = answers.get(i).get();
        if (i % 5 == 4) {
          assertThat(answer.statusCode()).isEqualTo(401);
        } else {
          assertThat(json(answer.body())).containsEntry("subject", "subject-" + i % 40);
        }
      }
    } finally {
      callers.shutdownNow();
    }
  }
}
