package dev.holdfast.benchmarks.tls;

import dev.holdfast.testing.Identity;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLException;

/** What the engines do in memory, each side in its turn. */
enum EngineCase {
  FULL_13("full handshake, TLS 1.3, ECDSA", Workload.Suite.TLS13_AES_128, Engines.Work.FULL),
  FULL_12("full handshake, TLS 1.2, ECDSA", Workload.Suite.ECDSA_AES_128, Engines.Work.FULL),
  AGAIN_12("resumption, TLS 1.2", Workload.Suite.ECDSA_AES_128, Engines.Work.AGAIN),
  SMALL("request and answer", Workload.Suite.TLS13_AES_128, Engines.Work.SMALL),
  DOWN_128("record out, AES-128", Workload.Suite.TLS13_AES_128, Engines.Work.DOWN),
  UP_128("record in, AES-128", Workload.Suite.TLS13_AES_128, Engines.Work.UP),
  DOWN_12("record out, TLS 1.2", Workload.Suite.ECDSA_AES_128, Engines.Work.DOWN),
  UP_12("record in, TLS 1.2", Workload.Suite.ECDSA_AES_128, Engines.Work.UP);

  /** Rounds here are much shorter than those of the servers, and there are more of them. */
  private static final int MORE = 5;

  private static final int SHORTER = 8;

  private final String text;
  private final Workload.Suite suite;
  private final Engines.Work work;

  EngineCase(String text, Workload.Suite suite, Engines.Work work) {
    this.text = text;
    this.suite = suite;
    this.work = work;
  }

  String text() {
    return text;
  }

  /** The medians of the rounds. */
  Map<Side, Engines.Cost> run(TlsEffort effort, Identity identity) throws SSLException {
    Map<Side, Engines> engines = new EnumMap<>(Side.class);
    Map<Side, List<Engines.Cost>> costs = new EnumMap<>(Side.class);
    for (Side side : Side.values()) {
      engines.put(side, new Engines(side, identity, suite));
      costs.put(side, new ArrayList<>());
    }
    int millis = Math.max(1, effort.roundMillis() / SHORTER);
    int warmUps = effort.warmUps() + (this == FULL_13 ? effort.firstRounds() : 0);
    for (int i = -MORE * warmUps; i < MORE * effort.rounds(); i++) {
      for (Side side : Side.values()) {
        Engines.Cost cost = Objects.requireNonNull(engines.get(side)).run(work, millis);
        if (i >= 0) {
          Objects.requireNonNull(costs.get(side)).add(cost);
        }
      }
    }
    Map<Side, Engines.Cost> medians = new EnumMap<>(Side.class);
    costs.forEach(
        (side, all) ->
            medians.put(
                side,
                new Engines.Cost(
                    Rounds.median(all.stream().mapToDouble(Engines.Cost::micros).toArray()),
                    Rounds.median(all.stream().mapToDouble(Engines.Cost::bytes).toArray()))));
    return medians;
  }
}
