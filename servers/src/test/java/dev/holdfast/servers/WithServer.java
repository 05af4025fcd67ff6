package dev.holdfast.servers;

import dev.holdfast.testing.contract.WithFixture;

/** What the cases of a server as a program start from. */
interface WithServer extends WithFixture {
  /** The server and what is deployed in it. */
  Deployments deployments();

  /** Whether WebSocket handshakes pass a filter here. */
  default boolean handshakesPassFilters() {
    return true;
  }
}
