package dev.holdfast.examples.stolentoken;

import java.io.IOException;
import java.net.URI;

/** Someone who calls over TLS, with or without a key to prove. */
interface Person {

  /** Sends a request and waits for the answer. */
  Answer send(URI uri, Call call) throws IOException;
}
