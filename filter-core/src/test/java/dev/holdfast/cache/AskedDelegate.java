package dev.holdfast.cache;

import dev.holdfast.AccessTokenVerifier;
import dev.holdfast.PresentedToken;
import dev.holdfast.Verification;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A delegate that leaves every question open until the test answers it. */
final class AskedDelegate implements AccessTokenVerifier {
  private final List<CompletableFuture<Verification>> questions = new CopyOnWriteArrayList<>();

  @Override
  public CompletableFuture<Verification> verify(PresentedToken token) {
    CompletableFuture<Verification> question = new CompletableFuture<>();
    questions.add(question);
    return question;
  }

  int asked() {
    return questions.size();
  }

  CompletableFuture<Verification> question(int index) {
    return questions.get(index);
  }
}
