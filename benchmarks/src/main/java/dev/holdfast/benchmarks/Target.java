package dev.holdfast.benchmarks;

/** What a number is held against. */
interface Target {
  /** Nothing was promised. */
  Target NONE =
      new Target() {
        @Override
        public String text() {
          return "";
        }

        @Override
        public String verdict(double holdfast, double peer) {
          return "";
        }
      };

  /** As it stands in the table. */
  String text();

  /** Whether it was reached, in a word. */
  String verdict(double holdfast, double peer);

  /** Not above that part of the peer's number. */
  static Target ofPeer(String text, double part) {
    return of(text, part, 0);
  }

  /** Not above that number, whatever the peer's is. */
  static Target atMost(String text, double limit) {
    return of(text, 0, limit);
  }

  /** Not more than that much above the peer's number. */
  static Target above(String text, double surcharge) {
    return of(text, 1, surcharge);
  }

  /** Not below that part of the peer's number: more is better. */
  static Target rateOfPeer(String text, double part) {
    return new Target() {
      @Override
      public String text() {
        return text;
      }

      @Override
      public String verdict(double holdfast, double peer) {
        return holdfast >= part * peer ? "yes" : "**no**";
      }
    };
  }

  private static Target of(String text, double part, double limit) {
    return new Target() {
      @Override
      public String text() {
        return text;
      }

      @Override
      public String verdict(double holdfast, double peer) {
        return holdfast <= part * peer + limit ? "yes" : "**no**";
      }
    };
  }
}
