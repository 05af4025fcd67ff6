package dev.holdfast.examples.mcpserver;

import io.modelcontextprotocol.spec.McpSchema.BlobResourceContents;
import io.modelcontextprotocol.spec.McpSchema.CompleteResult;
import io.modelcontextprotocol.spec.McpSchema.CompleteResult.CompleteCompletion;
import io.modelcontextprotocol.spec.McpSchema.Content;
import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.PromptMessage;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.ResourceContents;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.ai.mcp.annotation.McpArg;
import org.springframework.ai.mcp.annotation.McpComplete;
import org.springframework.ai.mcp.annotation.McpPrompt;
import org.springframework.ai.mcp.annotation.McpResource;

/** The prompts and resources that the MCP conformance suite wants to find in a server. */
class SuitesTexts {

  @McpPrompt(name = "test_simple_prompt", description = "A text")
  GetPromptResult simple() {
    return prompt(TextContent.builder("This is a simple prompt for testing.").build());
  }

  @McpPrompt(name = "test_prompt_with_arguments", description = "A text with two words")
  GetPromptResult withArguments(
      @McpArg(name = "arg1", description = "the first word", required = true) String arg1,
      @McpArg(name = "arg2", description = "the second word", required = true) String arg2) {
    String text = "Prompt with arguments: arg1='" + arg1 + "', arg2='" + arg2 + "'";
    return prompt(TextContent.builder(text).build());
  }

  @McpPrompt(name = "test_prompt_with_embedded_resource", description = "A resource and a text")
  GetPromptResult withResource(
      @McpArg(name = "resourceUri", description = "of the resource", required = true)
          String resourceUri) {
    return prompt(
        SuitesTools.resource(resourceUri, "text/plain", "Embedded resource content for testing."),
        TextContent.builder("Please process the embedded resource above.").build());
  }

  @McpPrompt(name = "test_prompt_with_image", description = "An image and a text")
  GetPromptResult withImage() {
    return prompt(
        SuitesTools.image(SuitesTools.PNG),
        TextContent.builder("Please analyze the image above.").build());
  }

  @McpComplete(prompt = "test_prompt_with_arguments")
  CompleteResult completion(String typed) {
    List<String> words =
        Stream.of("paris", "park", "party").filter(word -> word.startsWith(typed)).toList();
    return new CompleteResult(new CompleteCompletion(words, words.size(), false));
  }

  @McpResource(
      uri = "test://static-text",
      name = "static-text",
      description = "A text",
      mimeType = "text/plain")
  ReadResourceResult text() {
    return contents(
        TextResourceContents.builder(
                "test://static-text", "This is the content of the static text resource.")
            .mimeType("text/plain")
            .build());
  }

  @McpResource(
      uri = "test://static-binary",
      name = "static-binary",
      description = "An image",
      mimeType = "image/png")
  ReadResourceResult binary() {
    return contents(
        BlobResourceContents.builder("test://static-binary", SuitesTools.PNG)
            .mimeType("image/png")
            .build());
  }

  @McpResource(
      uri = "test://template/{id}/data",
      name = "template",
      description = "Data for an identifier",
      mimeType = "application/json")
  ReadResourceResult template(String id) {
    String json =
        "{\"id\":\"%s\",\"templateTest\":true,\"data\":\"Data for ID: %s\"}".formatted(id, id);
    return contents(
        TextResourceContents.builder("test://template/" + id + "/data", json)
            .mimeType("application/json")
            .build());
  }

  private static ReadResourceResult contents(ResourceContents contents) {
    return ReadResourceResult.builder(List.of(contents)).build();
  }

  private static GetPromptResult prompt(Content... content) {
    return GetPromptResult.builder(
            Stream.of(content).map(one -> PromptMessage.builder(Role.USER, one).build()).toList())
        .build();
  }
}
