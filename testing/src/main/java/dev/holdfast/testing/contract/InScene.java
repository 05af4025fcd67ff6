package dev.holdfast.testing.contract;

/** What the cases of every topic start from. */
public interface InScene {
  /** Everyone in play. */
  Scene scene();
}
