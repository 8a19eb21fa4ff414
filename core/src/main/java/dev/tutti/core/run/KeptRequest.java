package dev.tutti.core.run;

import dev.tutti.core.SecretMap;
import dev.tutti.core.store.Attributes;
import dev.tutti.core.store.DocumentKind;
import dev.tutti.core.surface.OnceOnly.Made;
import dev.tutti.core.surface.OnceOnly.Rendered;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A request that was sent with a key and had its effect. Its id is a hash of caller and key.
 *
 * @param request method and path, for people
 * @param fingerprint of method, address and body
 * @param at when it was carried out
 * @param made documents that it made
 * @param status of the answer; 0 while there is none
 * @param mediaType of the answer; empty when it has no body
 * @param fields of the answer's header
 * @param body of the answer under the name {@code body}; it may hold a token
 */
public record KeptRequest(
    String caller,
    String request,
    String fingerprint,
    Instant at,
    List<Made> made,
    int status,
    String mediaType,
    List<Field> fields,
    SecretMap body) {

  private static final String BODY = "body";

  public static final DocumentKind<KeptRequest> KIND =
      DocumentKind.of(
          "request",
          KeptRequest.class,
          kept -> new Attributes("", kept.request(), kept.answered() ? "answered" : "effective"));

  /** A field of a header. */
  public record Field(String name, String value) {}

  public KeptRequest {
    made = List.copyOf(made);
    fields = List.copyOf(fields);
  }

  boolean answered() {
    return status > 0;
  }

  KeptRequest making(List<Made> more) {
    return new KeptRequest(
        caller,
        request,
        fingerprint,
        at,
        Stream.concat(made.stream(), more.stream()).distinct().toList(),
        status,
        mediaType,
        fields,
        body);
  }

  KeptRequest answeredBy(Rendered answer) {
    return new KeptRequest(
        caller,
        request,
        fingerprint,
        at,
        made,
        answer.status(),
        answer.mediaType(),
        answer.headers().entrySet().stream()
            .map(field -> new Field(field.getKey(), field.getValue()))
            .toList(),
        SecretMap.of(Map.of(BODY, answer.body())));
  }

  Rendered answer() {
    Map<String, String> headers =
        fields.stream().collect(Collectors.toMap(Field::name, Field::value));
    return new Rendered(status, mediaType, body.getOrDefault(BODY, ""), headers);
  }
}
