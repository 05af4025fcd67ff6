package dev.holdfast.servlet;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.assembly.MetadataAssembly;
import dev.holdfast.http.metadata.MetadataAnswer;
import dev.holdfast.http.metadata.ResourceIdentifier;
import dev.holdfast.http.metadata.ResourceMetadata;
import dev.holdfast.policy.PathPattern;
import dev.holdfast.servlet.evidence.EvidenceSource;
import dev.holdfast.servlet.registration.MappedPaths;
import dev.holdfast.servlet.wire.WireRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an edge answers for the resource's metadata (RFC 9728) itself, before it asks for a token.
 */
public final class MetadataPlace {
  /** What a filter is mapped to, so that requests for the metadata reach it. */
  public static final String MAPPING = ResourceIdentifier.WELL_KNOWN + "/*";

  private static final MetadataPlace NOWHERE =
      new MetadataPlace(null, EvidenceSource.ofContainer());
  private static final PathPattern BELOW = PathPattern.parse(MAPPING + '*');

  private final @Nullable ResourceMetadata metadata;
  private final EvidenceSource evidence;

  private MetadataPlace(@Nullable ResourceMetadata metadata, EvidenceSource evidence) {
    this.metadata = metadata;
    this.evidence = evidence;
  }

  /** It is not served. */
  static MetadataPlace nowhere() {
    return NOWHERE;
  }

  /**
   * As the settings say.
   *
   * @param evidence what knows whether a request came from a trusted proxy
   */
  public static MetadataPlace of(Assembly assembly, EvidenceSource evidence) {
    return new MetadataPlace(MetadataAssembly.of(assembly), evidence);
  }

  /** Whether it is served at all. */
  public boolean isSomewhere() {
    return metadata != null;
  }

  /** These patterns, and the place of the metadata where they leave it out. */
  String[] with(String... urlPatterns) {
    if (metadata == null || MappedPaths.ofUrlPatterns(List.of(urlPatterns)).cover(BELOW)) {
      return urlPatterns;
    }
    String[] more = Arrays.copyOf(urlPatterns, urlPatterns.length + 1);
    more[urlPatterns.length] = MAPPING;
    return more;
  }

  /**
   * Refuses a filter that no request for the metadata would reach.
   *
   * @throws InvalidSettingException with the mapping to add
   */
  void requireWithin(MappedPaths paths) {
    if (metadata != null && !paths.cover(BELOW)) {
      throw new InvalidSettingException(
          "holdfast.metadata.enabled",
          "it is true, and the filter is mapped to " + paths + " only",
          "Map it to " + MAPPING + " too, for the dispatcher type REQUEST");
    }
  }

  /** Whether the request asked for the metadata, and is answered. */
  boolean answered(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (metadata == null || !request.getRequestURI().contains(ResourceIdentifier.WELL_KNOWN)) {
      return false;
    }
    MetadataAnswer answer =
        metadata.answer(
            request.getMethod(),
            WireRequest.of(request),
            evidence.isFromTrustedProxy(request),
            contextPath(request));
    if (answer == null) {
      return false;
    }
    response.setStatus(answer.status());
    answer.headers().forEach(response::setHeader);
    if (!answer.body().isEmpty()) {
      response.getOutputStream().write(answer.body().getBytes(StandardCharsets.US_ASCII));
    }
    return true;
  }

  /** Its address, for a challenge to this request; null where there is none. */
  public @Nullable String address(HttpServletRequest request) {
    return metadata == null
        ? null
        : metadata.address(
            WireRequest.of(request), evidence.isFromTrustedProxy(request), contextPath(request));
  }

  private static String contextPath(HttpServletRequest request) {
    return WireRequest.httpBelow(request).getContextPath();
  }
}
