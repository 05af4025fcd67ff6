package dev.holdfast.examples.stolentoken;

import dev.holdfast.testing.ThrowAwayPki;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is tried with DPoP-bound tokens: each request carries a proof, signed for this method, this
 * URI and this token (RFC 9449), that is good once. A thief who sees everything that is sent has
 * proofs, but not the key.
 */
final class DpopAttempts {

  private static final String DPOP = "dpop";
  private static final String ME = "/me";
  private static final String PAYMENTS = "/payments";
  private static final Call PAY = Call.GET.post("amount=100");
  private static final String ELSEWHERE = "https://elsewhere.example/me";

  private final DpopKey key;
  private final Person app;
  private final Person thief;
  private final DpopKey thiefsKey = DpopKey.generate();
  private final List<Attempt> attempts = new ArrayList<>();

  private DpopAttempts(ThrowAwayPki pki, DpopKey key) {
    this.key = key;
    this.app = new HttpsPerson(pki.sslContext());
    this.thief = new HttpsPerson(pki.sslContext());
  }

  static List<Attempt> list(ThrowAwayPki pki, DpopTokens tokens) {
    DpopAttempts all = new DpopAttempts(pki, tokens.key());
    Loot jwt = new Loot("JWT", "dpop-app", tokens.jwt());
    Loot opaque = new Loot("opaque token", "dpop-app-opaque", tokens.opaque());
    for (Loot loot : List.of(jwt, opaque)) {
      DpopPerson owner = DpopPerson.holding(tokens.key(), all.app, loot.token());
      all.rightfulCalls(loot, owner);
      all.theftsOfWhatWasSent(loot, owner);
      all.theftsWithAnotherKey(loot);
      all.theftsOfAnUnspentProof(loot, loot.equals(jwt) ? opaque : jwt);
    }
    return List.copyOf(all.attempts);
  }

  private void rightfulCalls(Loot loot, DpopPerson owner) {
    rightful(loot, "its " + loot.kind() + ": read the account", owner, ME, Call.GET);
    rightful(loot, "its " + loot.kind() + ": make a payment", owner, PAYMENTS, PAY);
  }

  private void theftsOfWhatWasSent(Loot loot, DpopPerson owner) {
    String stolen = "stolen " + loot.kind();
    theft(stolen + ", under Bearer", thief, ME, Call.GET.bearing(loot.token()));
    Call underDpop = Call.GET.with("Authorization", "DPoP " + loot.token());
    theft(stolen + ", under DPoP without a proof", thief, ME, underDpop);
    theft(stolen + " and the captured proof, again", owner.capturedBy(thief), ME, Call.GET);
    theft(stolen + " and the captured proof: pay again", owner.capturedBy(thief), PAYMENTS, PAY);
  }

  private void theftsWithAnotherKey(Loot loot) {
    String stolen = "stolen " + loot.kind();
    Person own = DpopPerson.holding(thiefsKey, thief, loot.token());
    theft(stolen + ", a proof by the thief's own key", own, ME, Call.GET);
    Person forger = DpopPerson.holding(thiefsKey.inTheNameOf(key), thief, loot.token());
    theft(stolen + ", the same with the victim's key in its header", forger, ME, Call.GET);
  }

  /** What the owner has signed and the thief has caught before it arrived. */
  private void theftsOfAnUnspentProof(Loot loot, Loot other) {
    Map<String, String> unspent = new HashMap<>();
    DpopPerson.Proofs forMe =
        (method, uri) ->
            unspent.computeIfAbsent(
                uri.getAuthority(), api -> key.proof("GET", uri.resolve(ME), loot.token()));
    String caught = "stolen " + loot.kind() + ", an unspent proof for ";
    theft(caught + "GET /me: pay with it", caughtBy(loot, forMe), PAYMENTS, PAY);
    theft(caught + "GET /me, beside the " + other.kind(), caughtBy(other, forMe), ME, Call.GET);
    theft(caught + "another path", caughtBy(loot, madeFor("/public/ping", loot)), ME, Call.GET);
    theft(caught + "GET /payments: pay", caughtBy(loot, madeFor(PAYMENTS, loot)), PAYMENTS, PAY);
    theft(caught + "another server", caughtBy(loot, madeFor(ELSEWHERE, loot)), ME, Call.GET);
    Person owner = new DpopPerson(app, loot.token(), forMe);
    rightful(loot, "the proof for GET /me that the thief tried elsewhere", owner, ME, Call.GET);
  }

  private Person caughtBy(Loot loot, DpopPerson.Proofs proofs) {
    return new DpopPerson(thief, loot.token(), proofs);
  }

  /** The owner's proofs for {@code GET} of this target, wherever they are sent. */
  private DpopPerson.Proofs madeFor(String target, Loot loot) {
    return (method, uri) -> key.proof("GET", uri.resolve(target), loot.token());
  }

  private void rightful(Loot loot, String tried, Person person, String path, Call call) {
    int status = path.equals(PAYMENTS) ? 201 : 200;
    Expectation expectation = new Expectation.Served(status, loot.client(), DPOP, key.thumbprint());
    attempts.add(new Attempt(DPOP, "dpop-app", tried, person, path, call, expectation));
  }

  private void theft(String tried, Person person, String path, Call call) {
    Expectation expectation = new Expectation.Refused(401);
    attempts.add(new Attempt(DPOP, Attempt.THIEF, tried, person, path, call, expectation));
  }

  /**
   * A token that the thief has stolen.
   *
   * @param kind for the table
   * @param client whose it is
   * @param token itself; never shown
   */
  private record Loot(String kind, String client, String token) {
    @Override
    public String toString() {
      return kind;
    }
  }
}
