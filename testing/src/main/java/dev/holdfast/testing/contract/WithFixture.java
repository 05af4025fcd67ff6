package dev.holdfast.testing.contract;

/** What the cases of every topic start from. */
public interface WithFixture {
  /** The authority, the issuer, the clients and the servers. */
  ContractFixture fixture();
}
