/**
 * An MCP server whose tools take bound access tokens only: Spring AI's starter, Holdfast's starter,
 * and an issuer in the settings. No class here has anything to do with security.
 */
@NullMarked
package dev.holdfast.examples.mcpserver;

import org.jspecify.annotations.NullMarked;
