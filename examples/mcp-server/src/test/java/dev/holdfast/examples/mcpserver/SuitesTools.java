package dev.holdfast.examples.mcpserver;

import io.modelcontextprotocol.spec.McpSchema.AudioContent;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Content;
import io.modelcontextprotocol.spec.McpSchema.CreateMessageRequest;
import io.modelcontextprotocol.spec.McpSchema.CreateMessageResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.EmbeddedResource;
import io.modelcontextprotocol.spec.McpSchema.ImageContent;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.SamplingMessage;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import java.util.List;
import java.util.Map;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpToolParam;
import org.springframework.ai.mcp.annotation.context.McpSyncRequestContext;

/** The tools that the MCP conformance suite wants to find in a server, beside the example's own. */
class SuitesTools {
  /** One pixel. */
  static final String PNG =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";

  /** No sound. */
  private static final String WAV = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=";

  @McpTool(name = "test_simple_text", description = "Answers with text")
  String text() {
    return "This is a simple text response for testing.";
  }

  @McpTool(name = "test_image_content", description = "Answers with an image")
  CallToolResult image() {
    return result(image(PNG));
  }

  @McpTool(name = "test_audio_content", description = "Answers with a sound")
  CallToolResult audio() {
    return result(AudioContent.builder(WAV, "audio/wav").build());
  }

  @McpTool(name = "test_embedded_resource", description = "Answers with a resource")
  CallToolResult resource() {
    return result(
        resource(
            "test://embedded-resource", "text/plain", "This is an embedded resource content."));
  }

  @McpTool(name = "test_multiple_content_types", description = "Answers with all of them")
  CallToolResult mixed() {
    return result(
        TextContent.builder("Multiple content types test:").build(),
        image(PNG),
        resource(
            "test://mixed-content-resource",
            "application/json",
            "{\"test\":\"data\",\"value\":123}"));
  }

  @McpTool(name = "test_tool_with_logging", description = "Logs to the client while it runs")
  String logging(McpSyncRequestContext context) {
    context.info("Tool execution started");
    context.info("Tool processing data");
    context.info("Tool execution completed");
    return "It logged three times.";
  }

  @McpTool(name = "test_error_handling", description = "Fails")
  CallToolResult failing() {
    return CallToolResult.builder(
            List.of(
                TextContent.builder("This tool intentionally returns an error for testing")
                    .build()))
        .isError(true)
        .build();
  }

  @McpTool(name = "test_tool_with_progress", description = "Reports its progress")
  String progress(McpSyncRequestContext context) {
    for (int done = 0; done <= 100; done += 50) {
      double progress = done;
      context.progress(report -> report.progress(progress).total(100));
    }
    return "It reported three times.";
  }

  @McpTool(name = "test_sampling", description = "Asks the client's model")
  String sampling(
      McpSyncRequestContext context, @McpToolParam(description = "the question") String prompt) {
    SamplingMessage question =
        SamplingMessage.builder(Role.USER, TextContent.builder(prompt).build()).build();
    CreateMessageResult answer =
        context.sample(CreateMessageRequest.builder(List.of(question), 100).build());
    return "LLM response: " + answer.content();
  }

  @McpTool(name = "test_elicitation", description = "Asks the client's user")
  String elicitation(
      McpSyncRequestContext context, @McpToolParam(description = "the question") String message) {
    return ask(
        context,
        message,
        Map.of(
            "username", Map.of("type", "string", "description", "User's response"),
            "email", Map.of("type", "string", "description", "User's email address")),
        List.of("username", "email"));
  }

  @McpTool(name = "test_elicitation_sep1034_defaults", description = "Asks, with proposals")
  String elicitationWithDefaults(McpSyncRequestContext context) {
    return ask(
        context,
        "Please confirm",
        Map.of(
            "name", Map.of("type", "string", "default", "John Doe"),
            "age", Map.of("type", "integer", "default", 30),
            "score", Map.of("type", "number", "default", 95.5),
            "status",
                Map.of(
                    "type",
                    "string",
                    "enum",
                    List.of("active", "inactive", "pending"),
                    "default",
                    "active"),
            "verified", Map.of("type", "boolean", "default", true)),
        List.of());
  }

  @McpTool(name = "test_elicitation_sep1330_enums", description = "Asks for a choice")
  String elicitationWithEnums(McpSyncRequestContext context) {
    List<String> options = List.of("option1", "option2", "option3");
    List<Map<String, String>> titled =
        List.of(
            Map.of("const", "value1", "title", "First"),
            Map.of("const", "value2", "title", "Second"),
            Map.of("const", "value3", "title", "Third"));
    return ask(
        context,
        "Please choose",
        Map.of(
            "untitledSingle", Map.of("type", "string", "enum", options),
            "titledSingle", Map.of("type", "string", "oneOf", titled),
            "legacyEnum",
                Map.of(
                    "type",
                    "string",
                    "enum",
                    List.of("opt1", "opt2", "opt3"),
                    "enumNames",
                    List.of("Option One", "Option Two", "Option Three")),
            "untitledMulti",
                Map.of("type", "array", "items", Map.of("type", "string", "enum", options)),
            "titledMulti", Map.of("type", "array", "items", Map.of("anyOf", titled))),
        List.of());
  }

  private static String ask(
      McpSyncRequestContext context,
      String message,
      Map<String, Object> properties,
      List<String> required) {
    Map<String, Object> schema =
        Map.of("type", "object", "properties", properties, "required", required);
    ElicitResult answer = context.elicit(ElicitFormRequest.builder(message, schema).build());
    return "Elicitation completed: action=" + answer.action() + ", content=" + answer.content();
  }

  static ImageContent image(String png) {
    return ImageContent.builder(png, "image/png").build();
  }

  static EmbeddedResource resource(String uri, String type, String text) {
    return EmbeddedResource.builder(TextResourceContents.builder(uri, text).mimeType(type).build())
        .build();
  }

  private static CallToolResult result(Content... content) {
    return CallToolResult.builder(List.of(content)).build();
  }
}
