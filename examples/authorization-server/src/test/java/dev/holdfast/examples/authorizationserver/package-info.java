/** Tests over real TLS with the tokens that the server really issues. */
@NullMarked
package dev.holdfast.examples.authorizationserver;

import org.jspecify.annotations.NullMarked;
