/** The web application: what the contract asks of a server, and what only a WAR can have. */
@NullMarked
package dev.holdfast.servers.application;

import org.jspecify.annotations.NullMarked;
