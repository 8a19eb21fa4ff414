package dev.tutti.http.openapi;

import static dev.tutti.http.openapi.RecordSchemas.object;

import dev.tutti.core.surface.Contract;
import dev.tutti.core.surface.Contract.Content;
import dev.tutti.core.surface.Contract.Outcome;
import dev.tutti.core.surface.Contract.Refused;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.Parameter.Place;
import dev.tutti.core.surface.Role;
import dev.tutti.core.surface.Surface;
import dev.tutti.http.openapi.RecordSchemas.Way;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Describes one endpoint as an operation. */
final class Operation {

  static final String SCHEME = "token";

  private static final Pattern IN_BRACES = Pattern.compile("\\{([^}]+)}");
  private static final String JSON = "application/json";

  private final Surface surface;
  private final Endpoint endpoint;
  private final Contract contract;
  private final RecordSchemas schemas;
  private final ProblemAnswers problems;

  Operation(Surface surface, Endpoint endpoint, RecordSchemas schemas, ProblemAnswers problems) {
    this.surface = surface;
    this.endpoint = endpoint;
    this.contract = endpoint.contract();
    this.schemas = schemas;
    this.problems = problems;
  }

  Map<String, Object> described() {
    Map<String, Object> operation =
        object(
            "operationId",
            OperationNames.id(endpoint),
            "tags",
            List.of(OperationNames.tag(surface, endpoint)),
            "summary",
            endpoint.summary());
    operation.put(
        "security",
        endpoint.role() == Role.ANYONE
            ? List.of()
            : List.of(object(SCHEME, List.of(endpoint.role().word()))));
    List<Map<String, Object>> parameters = parameters();
    if (!parameters.isEmpty()) {
      operation.put("parameters", parameters);
    }
    if (endpoint.request() != Void.class) {
      operation.put(
          "requestBody",
          object(
              "required",
              true,
              "content",
              object(JSON, object("schema", schemas.of(endpoint.request(), Way.REQUEST)))));
    }
    operation.put("responses", responses());
    return operation;
  }

  private List<Map<String, Object>> parameters() {
    List<Map<String, Object>> described = new ArrayList<>();
    for (String name :
        IN_BRACES.matcher(endpoint.path()).results().map(found -> found.group(1)).toList()) {
      described.add(
          contract.parameters().stream()
              .filter(p -> p.place() == Place.PATH && p.name().equals(name))
              .map(ParameterForms::described)
              .findFirst()
              .orElseGet(() -> ParameterForms.ofPath(name)));
    }
    contract.parameters().stream()
        .filter(parameter -> parameter.place() != Place.PATH)
        .map(ParameterForms::described)
        .forEach(described::add);
    return described;
  }

  private Map<String, Object> responses() {
    Map<Integer, Map<String, Object>> byStatus = new TreeMap<>();
    for (Outcome outcome : outcomes()) {
      byStatus.put(outcome.status(), success(outcome));
    }
    Map<Integer, TreeSet<String>> codes = new TreeMap<>();
    List<Refused> refusals = new ArrayList<>(EdgeProblems.of(endpoint));
    refusals.addAll(contract.refusals());
    refusals.forEach(refused ->
        codes.computeIfAbsent(refused.status(), _ -> new TreeSet<>()).add(refused.code()));
    codes.forEach((status, words) -> {
      Map<String, Object> success = byStatus.get(status);
      byStatus.put(
          status,
          success == null
              ? problems.answer(status, words)
              : problems.beside(success, status, words));
    });
    Map<String, Object> responses = new LinkedHashMap<>();
    byStatus.forEach((status, response) -> responses.put(status.toString(), response));
    return responses;
  }

  private List<Outcome> outcomes() {
    if (!contract.outcomes().isEmpty()) {
      return contract.outcomes();
    }
    boolean body = endpoint.response() != Void.class || !contract.contents().isEmpty();
    return List.of(body ? new Outcome(200, "It worked.") : new Outcome(204, "It is done."));
  }

  private Map<String, Object> success(Outcome outcome) {
    Map<String, Object> response = object("description", outcome.description());
    if (!contract.fields().isEmpty()) {
      Map<String, Object> headers = new LinkedHashMap<>();
      contract
          .fields()
          .forEach(field ->
              headers.put(
                  field.name(),
                  object("description", field.description(), "schema", object("type", "string"))));
      response.put("headers", headers);
    }
    Map<String, Object> content = new LinkedHashMap<>();
    if (endpoint.response() != Void.class) {
      content.put(JSON, object("schema", body()));
    }
    contract.contents().forEach(other -> content.put(other.mediaType(), content(other)));
    boolean without = outcome.status() == 204 || outcome.status() == 304;
    if (!without && !content.isEmpty()) {
      response.put("content", content);
    }
    return response;
  }

  private Map<String, Object> body() {
    return contract.items() == Void.class
        ? schemas.of(endpoint.response(), Way.ANSWER)
        : schemas.page(contract.items());
  }

  private Map<String, Object> content(Content content) {
    if (content.events() != Void.class) {
      // OpenAPI 3.1 has no word for what the events of a stream carry.
      return object(
          "schema",
          object("type", "string"),
          "x-event-data",
          schemas.of(content.events(), Way.ANSWER));
    }
    boolean text = content.mediaType().toLowerCase(Locale.ROOT).startsWith("text/");
    return object("schema", text ? object("type", "string") : object());
  }
}
