package dev.holdfast.examples.stolentoken;

import dev.holdfast.testing.ThrowAwayPki;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is tried with DPoP-bound tokens: each request carries a proof, signed for this method, this
 * URI and this token (RFC 9449), that is good once. A thief who sees everything that is sent has
 * proofs, but not the key.
 */
final class DpopScreenplay {

  private static final String DPOP = "dpop";
  private static final String ME = "/me";
  private static final String PAYMENTS = "/payments";
  private static final Call PAY = Call.GET.post("amount=100");
  private static final URI ELSEWHERE = URI.create("https://elsewhere.example/me");

  private final DpopKey key;
  private final Person app;
  private final Person thief;
  private final DpopKey thiefsKey = DpopKey.generate();
  private final List<Scene> scenes = new ArrayList<>();

  private DpopScreenplay(ThrowAwayPki pki, DpopKey key) {
    this.key = key;
    this.app = new HttpsPerson(pki.sslContext());
    this.thief = new HttpsPerson(pki.sslContext());
  }

  static List<Scene> write(ThrowAwayPki pki, DpopTokens tokens) {
    DpopScreenplay play = new DpopScreenplay(pki, tokens.key());
    Loot jwt = new Loot("JWT", "dpop-app", tokens.jwt());
    Loot opaque = new Loot("opaque token", "dpop-app-opaque", tokens.opaque());
    for (Loot loot : List.of(jwt, opaque)) {
      DpopPerson owner = DpopPerson.holding(tokens.key(), play.app, loot.token());
      play.rightfulCalls(loot, owner);
      play.theftsOfWhatWasSent(loot, owner);
      play.theftsWithAnotherKey(loot);
      play.theftsOfAnUnspentProof(loot, loot.equals(jwt) ? opaque : jwt);
    }
    return List.copyOf(play.scenes);
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

  /** The owner signed a proof for {@code GET /me} at each API, and the thief caught it before. */
  private void theftsOfAnUnspentProof(Loot loot, Loot other) {
    Map<String, String> unspent = new HashMap<>();
    DpopPerson.Proofs proofs =
        (method, uri) ->
            unspent.computeIfAbsent(
                uri.getAuthority(), api -> key.proof("GET", uri.resolve(ME), loot.token()));
    String stolen = "stolen " + loot.kind() + ", an unspent proof for GET /me";
    Person catcher = new DpopPerson(thief, loot.token(), proofs);
    theft(stolen + ": to another path", catcher, PAYMENTS, Call.GET);
    theft(stolen + ": with another method", catcher, ME, PAY);
    Person mixer = new DpopPerson(thief, other.token(), proofs);
    theft(stolen + ": beside the " + other.kind(), mixer, ME, Call.GET);
    DpopPerson.Proofs foreign = (method, uri) -> key.proof("GET", ELSEWHERE, loot.token());
    Person receiver = new DpopPerson(thief, loot.token(), foreign);
    theft(
        "stolen " + loot.kind() + ", a proof that another server was given",
        receiver,
        ME,
        Call.GET);
    Person owner = new DpopPerson(app, loot.token(), proofs);
    rightful(loot, "the proof that the thief tried elsewhere, at its place", owner, ME, Call.GET);
  }

  private void rightful(Loot loot, String tried, Person person, String path, Call call) {
    int status = path.equals(PAYMENTS) ? 201 : 200;
    Ending ending = new Ending.Served(status, loot.client(), DPOP, key.thumbprint());
    scenes.add(new Scene(DPOP, "dpop-app", tried, person, path, call, ending));
  }

  private void theft(String tried, Person person, String path, Call call) {
    Ending ending = new Ending.Refused(401);
    scenes.add(new Scene(DPOP, Scene.THIEF, tried, person, path, call, ending));
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
