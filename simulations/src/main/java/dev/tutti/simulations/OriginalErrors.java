package dev.tutti.simulations;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tutti.core.Problem;
import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.ErrorRendering;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Errors as the original's web framework writes them: a member {@code detail}. */
record OriginalErrors() implements ErrorRendering.Own {

  /** A sentence. */
  record Detail(String detail) {}

  /** All that is wrong with a body. */
  record Details(List<Mistake> detail) {}

  /** One thing that is wrong with a body, and where. */
  record Mistake(
      List<Object> loc,
      String msg,
      String type,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Object> ctx) {}

  @Override
  public Answer answer(Problem problem) {
    return switch (problem.code()) {
      case "internal" -> new Answer.Text(500, "text/plain; charset=utf-8", "Internal Server Error");
      case "route-unknown" -> detail(404, "Not Found");
      case "method-not-allowed" -> detail(405, "Method Not Allowed");
      default -> detail(problem.status(), problem.sentence());
    };
  }

  static Answer detail(int status, String sentence) {
    return new Answer.Json(status, new Detail(sentence));
  }

  static Answer unprocessable(List<Finding> findings) {
    return new Answer.Json(
        422, new Details(findings.stream().map(OriginalErrors::mistake).toList()));
  }

  private static Mistake mistake(Finding finding) {
    List<Object> place = new ArrayList<>();
    place.add("body");
    place.addAll(finding.where());
    return new Mistake(place, finding.message(), finding.type(), finding.context());
  }
}
