package dev.tutti.http.openapi;

import static dev.tutti.http.openapi.RecordSchemas.object;

import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.ErrorRendering;
import dev.tutti.core.surface.Surface;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Describes surfaces as an OpenAPI 3.1 document. Surfaces that tell errors in a form of their own
 * are left out: each is the API of an existing program, which has its own description.
 */
final class OpenApi {

  /** Of the paths and bodies, not of the program: it changes with the base path. */
  private static final String VERSION = "1";

  private static final String DESCRIPTION =
      """
      Everything that Tutti can be asked over HTTP. Made from the routes that this server has.

      Send `Authorization: Bearer TOKEN`; each operation names the least role that may call it \
      (viewer, operator, admin). What goes wrong is told as a problem (RFC 9457): its `type` is \
      stable, `detail` and `suggestion` are for people, and `trace` names the request in the server's \
      log (that of its `traceparent`, when it has one). The protocol itself may answer 405, 414, \
      431 and 505 anywhere. Requests are read strictly; answers may get more keys over time. \
      Identifiers in paths are percent-encoded. A list comes in pages: `next` of one page is \
      `after` of the next.
      """
          .strip();

  private OpenApi() {}

  static Map<String, Object> of(List<Surface> surfaces) {
    RecordSchemas schemas = new RecordSchemas();
    ProblemAnswers problems = new ProblemAnswers(schemas);
    Map<String, Map<String, Object>> paths = new TreeMap<>();
    TreeSet<String> tags = new TreeSet<>();
    for (Surface surface : surfaces) {
      if (surface.errors() instanceof ErrorRendering.AsProblem) {
        for (Endpoint endpoint : surface.endpoints()) {
          tags.add(OperationNames.tag(surface, endpoint));
          paths
              .computeIfAbsent(surface.base() + endpoint.path(), _ -> new TreeMap<>())
              .put(
                  endpoint.method().name().toLowerCase(Locale.ROOT),
                  new Operation(surface, endpoint, schemas, problems).described());
        }
      }
    }
    List<Object> named = new ArrayList<>();
    tags.forEach(tag -> named.add(object("name", tag)));
    return object(
        "openapi",
        "3.1.0",
        "info",
        object("title", "Tutti", "version", VERSION, "description", DESCRIPTION),
        "servers",
        List.of(object("url", "/")),
        "tags",
        named,
        "paths",
        paths,
        "components",
        object(
            "schemas",
            schemas.components(),
            "responses",
            problems.components(),
            "securitySchemes",
            object(
                Operation.SCHEME,
                object(
                    "type",
                    "http",
                    "scheme",
                    "bearer",
                    "description",
                    "The token of the first start, of `tutti token add` or of a sign-in."))));
  }
}
