package dev.tutti.http.openapi;

import dev.tutti.core.surface.Contract.Refused;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.Parameter.Place;
import dev.tutti.core.surface.Role;
import java.util.ArrayList;
import java.util.List;

/** The problems that any endpoint of its kind can answer with, without saying so. */
final class EdgeProblems {

  private EdgeProblems() {}

  static List<Refused> of(Endpoint endpoint) {
    List<Refused> found = new ArrayList<>();
    found.add(new Refused(400, "address-malformed"));
    found.add(new Refused(400, "request-malformed"));
    found.add(new Refused(403, "host-refused"));
    found.add(new Refused(403, "origin-refused"));
    if (endpoint.role() != Role.ANYONE) {
      found.add(new Refused(401, "token-required"));
    }
    if (endpoint.role().compareTo(Role.VIEWER) > 0) {
      found.add(new Refused(403, "role-too-low"));
    }
    if (endpoint.path().contains("{")) {
      found.add(new Refused(404, "not-found"));
    }
    if (endpoint.contract().parameters().stream().anyMatch(p -> p.place() != Place.PATH)) {
      found.add(new Refused(400, "parameter-invalid"));
    }
    if (endpoint.request() != Void.class) {
      found.add(new Refused(400, "body-invalid"));
      found.add(new Refused(413, "body-too-large"));
      found.add(new Refused(415, "media-type-unsupported"));
    }
    found.add(new Refused(500, "internal"));
    found.add(new Refused(500, "record-unreadable"));
    found.add(new Refused(503, "unavailable"));
    return found;
  }
}
