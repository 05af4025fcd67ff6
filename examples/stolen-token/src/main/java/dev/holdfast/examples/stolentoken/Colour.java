package dev.holdfast.examples.stolentoken;

/** Colours of a terminal. */
enum Colour {
  NONE(""),
  BOLD("\u001b[1m"),
  DIM("\u001b[2m"),
  GREEN("\u001b[32m"),
  RED("\u001b[1;31m");

  private final String code;

  Colour(String code) {
    this.code = code;
  }

  String paint(String text) {
    return this == NONE ? text : code + text + "\u001b[0m";
  }
}
